import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { Unable } from "../unable.ts"
import { readOrRefuse } from "./read-or-refuse.ts"

/** Where the running product answers. */
export interface Instance {
  readonly ingestUrl: string
  readonly queryUrl: string
  readonly webUrl: string
  /** Its Postgres and its set-up code, when it is the one that `npm start` runs here: who can read them is its operator. */
  readonly here?: { readonly databaseUrl: string; readonly setupCode: string }
}

interface Runtime {
  readonly ingestUrl: string
  readonly queryUrl: string
  readonly reached: { readonly webUrl: string }
  readonly databaseUrl: string
  readonly setupCode: string
}

const notRunning =
  'Footfall is not running: run "npm start" in another terminal, wait until it prints the dashboard\'s address, then run "npm run demo" again.'

const PATIENCE_MS = 20_000

/** Whether a service is ready. One that takes connections but is slow, or not ready at the moment, gets some time. */
const answers = async (url: string): Promise<boolean> => {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const status = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => (ok ? "ready" : "waiting"),
      (cause: unknown) => (cause instanceof DOMException && cause.name === "TimeoutError" ? "waiting" : "gone"),
    )
    if (status !== "waiting" || Date.now() > deadline) return status === "ready"
    await pause(500)
  }
}

const elsewhere = ["FOOTFALL_INGEST_URL", "FOOTFALL_QUERY_URL", "FOOTFALL_WEB_URL"] as const

/** The instance that the environment names: all of its three addresses, or none. */
const named = (env: NodeJS.ProcessEnv): Instance | undefined => {
  const missing = elsewhere.filter((name) => !env[name])
  if (missing.length === elsewhere.length) return undefined
  if (missing.length > 0) throw new Unable(`For an instance elsewhere set ${missing.join(" and ")}, too.`)
  const [ingestUrl = "", queryUrl = "", webUrl = ""] = elsewhere.map((name) => env[name]?.replace(/\/$/, ""))
  return { ingestUrl, queryUrl, webUrl }
}

const runningHere = (folder: string): Instance => {
  const remedy = 'stop "npm start" and start it again, which writes it anew'
  const known = readOrRefuse(join(folder, "runtime.json"), remedy) as Runtime | undefined
  if (known === undefined) throw new Unable(notRunning)
  const { ingestUrl, queryUrl, reached, databaseUrl, setupCode } = known
  return { ingestUrl, queryUrl, webUrl: reached.webUrl, here: { databaseUrl, setupCode } }
}

/** Finds the product that the environment names or that `npm start` runs (see `.footfall/runtime.json`), and makes sure that it answers. */
export const runningInstance = async (folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Instance> => {
  const there = named(env)
  const instance = there ?? runningHere(folder)
  const { ingestUrl, queryUrl } = instance
  const ready = await Promise.all([answers(ingestUrl), answers(queryUrl)])
  if (!ready.includes(false)) return instance
  throw new Unable(
    there === undefined ? notRunning : `Nobody answers at ${ready[0] ? queryUrl : ingestUrl}, or not all of it is ready yet.`,
  )
}
