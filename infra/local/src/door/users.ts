import type { IncomingMessage } from "node:http"
import { createHash, timingSafeEqual } from "node:crypto"
import { refuse } from "./errors.ts"

/** The user that may only read, as which query asks. */
export const readerName = "footfall_query"

/** The reader's password. The password of `default` cannot be found from it. */
export const readerPasswordOf = (password: string): string => createHash("sha256").update(`${readerName}:${password}`).digest("hex")

/** What the reader's statements may take at most. */
export const readerSettings: ReadonlyMap<string, number> = new Map([
  ["max_execution_time", 20],
  ["max_memory_usage", 4_000_000_000],
  ["max_result_rows", 50_000],
])

interface Credentials {
  readonly user: string
  readonly password: string
}

/** User and password of a request, from wherever ClickHouse takes them. */
const credentialsOf = ({ headers }: IncomingMessage, fields: ReadonlyMap<string, string>): Credentials => {
  const [, basic] = /^basic (.+)$/i.exec(headers.authorization ?? "") ?? []
  if (basic !== undefined) {
    const [, user = "", password = ""] = /^([^:]*):?([\s\S]*)$/.exec(Buffer.from(basic, "base64").toString("utf8")) ?? []
    return { user: user || "default", password }
  }
  const user = String(headers["x-clickhouse-user"] ?? fields.get("user") ?? "") || "default"
  return { user, password: String(headers["x-clickhouse-key"] ?? fields.get("password") ?? "") }
}

const digest = (text: string) => createHash("sha256").update(text).digest()

/** Whether a request comes from the reader. Refuses users other than the reader and `default`, and wrong passwords. */
export const isReader = (request: IncomingMessage, fields: ReadonlyMap<string, string>, password: string): boolean => {
  const { user, password: given } = credentialsOf(request, fields)
  const right = user === "default" ? password : user === readerName ? readerPasswordOf(password) : undefined
  if (right === undefined || !timingSafeEqual(digest(given), digest(right)))
    throw refuse(516, `${user}: Authentication failed: password is incorrect, or there is no user with such name.`, "AUTHENTICATION_FAILED")
  return user === readerName
}

/** The reader's limits in a request: what it asks for, and never more than they are; 0 would be no limit. */
export const limitReader = (fields: Map<string, string>): void => {
  for (const [name, most] of readerSettings) {
    const asked = Number(fields.get(name))
    fields.set(name, String(asked > 0 && asked < most ? asked : most))
  }
}
