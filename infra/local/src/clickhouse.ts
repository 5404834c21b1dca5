import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { ManagedProcess } from "./managed-process.ts"

const door = fileURLToPath(new URL("./door/main.ts", import.meta.url))

/** The URL of a door on `port`. */
export const clickhouseUrlOf = (port: number): string => `http://127.0.0.1:${port}`

/** ClickHouse: chDB behind our HTTP door, in a process of its own. */
export const clickhouseProcess = (folder: string, logs: string, port: number): ManagedProcess =>
  new ManagedProcess({
    name: "clickhouse",
    command: process.execPath,
    port,
    args: [door, "--port", String(port), "--path", join(folder, "clickhouse")],
    env: { NODE_OPTIONS: "--max-old-space-size=1024" },
    logFile: join(logs, "clickhouse.log"),
    before: () => void mkdirSync(join(folder, "clickhouse"), { recursive: true, mode: 0o700 }),
    ready: async () => (await fetch(`${clickhouseUrlOf(port)}/ping`, { signal: AbortSignal.timeout(2000) })).ok,
  })
