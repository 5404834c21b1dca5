import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { refuseFolderInUse } from "./in-use.ts"
import { readerName, readerPasswordOf } from "./door/users.ts"
import { ManagedProcess } from "./managed-process.ts"
import { passwordOf } from "./password.ts"

const door = fileURLToPath(new URL("./door/main.ts", import.meta.url))

/** The URL of a door on `port`, its generated password included; `folder` holds the password. */
export const clickhouseUrlOf = (folder: string, port: number): string =>
  `http://default:${passwordOf(folder, "clickhouse")}@127.0.0.1:${port}`

/** What a process that may only read needs to know of the door at `url`: not the password of `default`. */
export const readerEnvironment = (url: string): Readonly<Record<"CLICKHOUSE_URL" | "CLICKHOUSE_USER" | "CLICKHOUSE_PASSWORD", string>> => {
  const { origin, password } = new URL(url)
  return { CLICKHOUSE_URL: origin, CLICKHOUSE_USER: readerName, CLICKHOUSE_PASSWORD: readerPasswordOf(decodeURIComponent(password)) }
}

/** ClickHouse: chDB behind our HTTP door, in a process of its own. */
export const clickhouseProcess = (folder: string, logs: string, port: number): ManagedProcess => {
  const data = join(folder, "clickhouse")
  return new ManagedProcess({
    name: "clickhouse",
    command: process.execPath,
    port,
    args: [door, "--port", String(port), "--path", data],
    // In the environment, which others on the machine cannot read, as they can the arguments.
    env: { NODE_OPTIONS: "--max-old-space-size=1024", DOOR_PASSWORD: passwordOf(folder, "clickhouse") },
    logFile: join(logs, "clickhouse.log"),
    before: () => {
      mkdirSync(data, { recursive: true, mode: 0o700 })
      refuseFolderInUse("ClickHouse", data, door)
    },
    ready: async () => (await fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(2000) })).ok,
  })
}
