import { attributeColumns, type Attributes } from "./Attributes.ts"
import { wellFormed } from "./json.ts"

/** The state of a session as the warehouse knows it; written with sign 1, taken back with sign -1. */
export interface SessionRow {
  readonly projectId: string
  readonly sessionId: string
  readonly visitorId: string
  readonly personId: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly endedAt: number
  readonly pageviews: number
  /** Custom events. */
  readonly events: number
  readonly exitPath: string
  readonly hostname: string
  readonly attributes: Attributes
  /**
   * What its events were about: `pages[i]` and `names[i]` are path and name of one event, each pair once. Both have the same length;
   * a page view's name is empty.
   */
  readonly pages: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
  /** Grows with every event; tells ClickHouse which row a sign -1 takes back. */
  readonly version: number
}

const ownColumns = [
  "project_id",
  "session_id",
  "visitor_id",
  "person_id",
  "started_at",
  "ended_at",
  "pageviews",
  "events",
  "exit_path",
  "hostname",
]

/** Columns of `sessions` in the order of {@link encodeSessionRow}. */
export const sessionColumns: ReadonlyArray<string> = [...ownColumns, ...attributeColumns, "pages", "names", "sign", "version"]

/** One line of JSONCompactEachRow for `sessions`. */
export const encodeSessionRow = (row: SessionRow, sign: 1 | -1): string =>
  wellFormed(
    `["${row.projectId}","${row.sessionId}","${row.visitorId}","${row.personId}",${row.startedAt},${row.endedAt},${row.pageviews},${row.events},` +
      `${JSON.stringify(row.exitPath)},${JSON.stringify(row.hostname)},${row.attributes.encoded},` +
      `${JSON.stringify(row.pages)},${JSON.stringify(row.names)},${sign},${row.version}]\n`,
  )
