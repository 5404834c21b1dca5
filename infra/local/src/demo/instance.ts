import { join } from "node:path"
import { Unable } from "../unable.ts"
import { readOrRefuse } from "./read-or-refuse.ts"

/** Where the running product answers. */
export interface Instance {
  readonly ingestUrl: string
  readonly queryUrl: string
  readonly webUrl: string
  /** What the owner of a fresh instance needs; unknown for an instance that the environment names without it. */
  readonly setupCode: string | undefined
}

const notRunning =
  'Footfall is not running: run "npm start" in another terminal, wait until it prints the dashboard\'s address, then run "npm run demo" again.'

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.ok,
    () => false,
  )

const written = (folder: string): Partial<Instance> =>
  readOrRefuse(join(folder, "runtime.json"), 'stop "npm start" and start it again, which writes it anew') ?? {}

/** Finds the product that `npm start` runs (its addresses are in `.footfall/runtime.json`) or that the environment names, and makes sure that it answers. */
export const runningInstance = async (folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Instance> => {
  const known = written(folder)
  const ingestUrl = env["FOOTFALL_INGEST_URL"] ?? known.ingestUrl
  const queryUrl = env["FOOTFALL_QUERY_URL"] ?? known.queryUrl
  const webUrl = env["FOOTFALL_WEB_URL"] ?? known.webUrl
  if (ingestUrl === undefined || queryUrl === undefined || webUrl === undefined) throw new Unable(notRunning)
  const ready = await Promise.all([answers(ingestUrl), answers(queryUrl)])
  if (ready.includes(false)) throw new Unable(notRunning)
  return { ingestUrl, queryUrl, webUrl, setupCode: env["FOOTFALL_SETUP_CODE"] ?? known.setupCode }
}
