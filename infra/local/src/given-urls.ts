import { createConnection } from "node:net"
import { Unable } from "./unable.ts"

/** What the addresses of each store begin with, and the port that each has where none is said. */
const stores: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CLICKHOUSE_URL: { "http:": 80, "https:": 443 },
  DATABASE_URL: { "postgres:": 5432, "postgresql:": 5432 },
  REDIS_URL: { "redis:": 6379, "rediss:": 6379 },
}

/** Where the product is reached from outside; nothing has to answer there yet. */
const reached = ["WEB_URL", "INGEST_URL", "QUERY_URL"]

const patienceMs = 5000

/** Whether somebody takes connections there. */
const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: patienceMs })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once("connect", () => done(true))
    socket.once("error", () => done(false))
    socket.once("timeout", () => done(false))
  })

/** Rejects with a sentence that names the variable when a URL in the environment is none, or nobody answers at that of a store. */
export const checkGivenUrls = async (env: NodeJS.ProcessEnv = process.env): Promise<void> => {
  const check = async ([name, schemes]: [string, Readonly<Record<string, number>>]): Promise<void> => {
    const given = env[name]
    if (!given) return
    const url = URL.canParse(given) ? new URL(given) : undefined
    const usual = url === undefined ? undefined : schemes[url.protocol]
    if (url === undefined || usual === undefined || url.hostname === "")
      throw new Unable(`${name} (${given}) is not a ${Object.keys(schemes)[0]}// address.`)
    const host = url.hostname.replace(/^\[|\]$/g, "")
    const port = url.port === "" ? usual : Number(url.port)
    if (!(await answers(host, port)))
      throw new Unable(
        `${name}: nobody answers at ${url.hostname}:${port}. Start what should run there, or unset ${name}: then Footfall runs its own.`,
      )
  }
  for (const name of reached) {
    const given = env[name]
    if (given && !(URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)))
      throw new Unable(`${name} (${given}) is not an http:// or https:// address.`)
  }
  await Promise.all(Object.entries(stores).map(check))
}
