import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { refuseFolderInUse } from "./in-use.ts"
import { ManagedProcess } from "./managed-process.ts"

const door = fileURLToPath(new URL("./door/main.ts", import.meta.url))

/** The URL of a door on `port`. */
export const clickhouseUrlOf = (port: number): string => `http://127.0.0.1:${port}`

/** ClickHouse: chDB behind our HTTP door, in a process of its own. */
export const clickhouseProcess = (folder: string, logs: string, port: number): ManagedProcess => {
  const data = join(folder, "clickhouse")
  return new ManagedProcess({
    name: "clickhouse",
    command: process.execPath,
    port,
    args: [door, "--port", String(port), "--path", data],
    env: { NODE_OPTIONS: "--max-old-space-size=1024" },
    logFile: join(logs, "clickhouse.log"),
    before: () => {
      mkdirSync(data, { recursive: true, mode: 0o700 })
      refuseFolderInUse("ClickHouse", data, door)
    },
    ready: async () => (await fetch(`${clickhouseUrlOf(port)}/ping`, { signal: AbortSignal.timeout(2000) })).ok,
  })
}
