import { createClient, type ClickHouseClient } from "@clickhouse/client"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { clickhouseProcess, clickhouseUrlOf } from "../../src/clickhouse.ts"
import type { ManagedProcess } from "../../src/managed-process.ts"
import { freePort } from "../../src/ports.ts"

/** A door of the test's own, with a table `visits (id UInt64, name String)` behind it. */
export interface OpenDoor {
  readonly process: ManagedProcess
  /** Without the password. */
  readonly url: string
  readonly password: string
  /** Headers of a request that may do everything. */
  readonly auth: Readonly<Record<string, string>>
  /** The official client. */
  readonly client: ClickHouseClient
  /** The rows of an answer. */
  readonly rows: (query: string, more?: object) => Promise<Array<unknown>>
  /** A bare request with the query in its URL. */
  readonly post: (query: string, body?: Uint8Array | string, headers?: Record<string, string>) => Promise<Response>
  /** How many statements run now whose text contains this; the asking one does not count. */
  readonly running: (text: string) => Promise<number>
  readonly close: () => Promise<void>
}

/** Opens a door on a free port over an empty folder. */
export const openDoor = async (): Promise<OpenDoor> => {
  const folder = mkdtempSync(join(tmpdir(), "footfall-door-"))
  const port = await freePort()
  const { origin: url, password } = new URL(clickhouseUrlOf(folder, port))
  const auth = { "x-clickhouse-user": "default", "x-clickhouse-key": password }
  const process = clickhouseProcess(folder, folder, port)
  await process.start()
  const client = createClient({ url, password, log: { level: 127 } })
  await client.command({ query: "CREATE TABLE visits (id UInt64, name String) ENGINE = MergeTree ORDER BY id" })
  const rows = async (query: string, more: object = {}): Promise<Array<unknown>> =>
    await (await client.query({ query, format: "JSONEachRow", ...more })).json()
  return {
    process,
    url,
    password,
    auth,
    client,
    rows,
    post: (query, body, headers = {}) =>
      fetch(`${url}/?query=${encodeURIComponent(query)}`, {
        method: "POST",
        headers: { ...auth, ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : new Uint8Array(body) }),
      }),
    running: async (text) =>
      (
        await rows("SELECT 1 FROM system.processes WHERE position(query, {text:String}) > 0 AND position(query, 'system.processes') = 0", {
          query_params: { text },
        })
      ).length,
    close: async () => {
      await client.close()
      await process.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
