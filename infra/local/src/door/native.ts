import { createRequire } from "node:module"

/** A connection of the engine: its own settings, database and parameters, the shared data. */
export type Connection = { readonly __connection: unique symbol }

/** What one statement answered; the bytes are in the asked format. */
export interface NativeResult {
  readonly bytes: Uint8Array
  readonly elapsed: number
  readonly rowsRead: number
  readonly bytesRead: number
}

/** What one insert wrote, rows of dependent materialized views included. */
export interface NativeInserted {
  readonly elapsed: number
  readonly rowsWritten: number
  readonly bytesWritten: number
}

/** The part of chdb's addon that the door uses. Every asynchronous call occupies one libuv worker until it settles. */
export interface Native {
  CreateConnection(path: string, args: ReadonlyArray<string>): Connection
  CloseConnection(connection: Connection): void
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<NativeResult>
  InsertRawAsyncConnection(connection: Connection, prefix: string, data: Buffer, countLines: boolean): Promise<NativeInserted>
}

/**
 * Loads chdb's addon. The public `Session` is not enough: its raw insert knows text formats only (Native and RowBinary
 * work in the addon), and its stream formats every block as a document of its own and plans scalar subqueries on the event loop.
 */
export const loadNative = (): Native => {
  const require = createRequire(import.meta.url)
  const chdb = createRequire(require.resolve("chdb/package.json"))
  const loader: { loadNative(): Native } = chdb("./dist/loader.js")
  return loader.loadNative()
}
