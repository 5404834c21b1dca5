import { attributeColumns, type Attributes } from "./Attributes.ts"
import { crc32 } from "node:zlib"
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
   * What its events were about: `pages[i]` and `names[i]` are path and name of one event, each pair once and in the order of
   * their text. Both have the same length; a page view's name is empty.
   */
  readonly pages: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
  /**
   * Tells ClickHouse which row a sign -1 takes back: a checksum of all the rest ({@link versionOf}), so that rows with one version are
   * the same whenever and from whatever history they were made. Rows of releases before counted their events here.
   */
  readonly version: number
}

/** A session without its version. */
export type SessionContent = Omit<SessionRow, "version">

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

const body = (row: SessionContent): string =>
  wellFormed(
    `["${row.projectId}","${row.sessionId}","${row.visitorId}","${row.personId}",${row.startedAt},${row.endedAt},${row.pageviews},${row.events},` +
      `${JSON.stringify(row.exitPath)},${JSON.stringify(row.hostname)},${row.attributes.encoded},` +
      `${JSON.stringify(row.pages)},${JSON.stringify(row.names)}`,
  )

/** The version of a session: CRC-32 of its row. */
export const versionOf = (row: SessionContent): number => crc32(body(row))

/** One line of JSONCompactEachRow for `sessions`. */
export const encodeSessionRow = (row: SessionRow, sign: 1 | -1): string => lineOf(body(row), sign, row.version)

/** A session that is written: its version, and its line with sign 1. */
export const sealSession = (content: SessionContent): { readonly version: number; readonly line: string } => {
  const text = body(content)
  const version = crc32(text)
  return { version, line: lineOf(text, 1, version) }
}

const lineOf = (text: string, sign: 1 | -1, version: number): string => `${text},${sign},${version}]\n`
