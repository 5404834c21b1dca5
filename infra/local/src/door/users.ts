import type { IncomingMessage } from "node:http"
import { refuse } from "./errors.ts"

/** The user that may only read, as which query asks. */
export const readerName = "footfall_query"

/** What the reader's statements may take, unless the request itself says otherwise. */
export const readerSettings: ReadonlyMap<string, string> = new Map([
  ["max_execution_time", "20"],
  ["max_memory_usage", "4000000000"],
  ["max_result_rows", "50000"],
])

const nameIn = (request: IncomingMessage, fields: ReadonlyMap<string, string>): string => {
  const { authorization } = request.headers
  const [, basic] = /^basic (.+)$/i.exec(authorization ?? "") ?? []
  const named = basic === undefined ? request.headers["x-clickhouse-user"] : Buffer.from(basic, "base64").toString("utf8").split(":")[0]
  return String(named ?? fields.get("user") ?? "") || "default"
}

/**
 * Whether a request comes from the reader. There are no passwords here (the door listens on this machine only): the reader is for a
 * program that wants to be held to reading, as a real server holds its user.
 */
export const isReader = (request: IncomingMessage, fields: ReadonlyMap<string, string>): boolean => {
  const name = nameIn(request, fields)
  if (name !== "default" && name !== readerName)
    throw refuse(516, `The local ClickHouse has the users default and ${readerName}, and no other.`, "AUTHENTICATION_FAILED")
  return name === readerName
}
