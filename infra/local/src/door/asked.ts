import type { IncomingMessage } from "node:http"
import { randomUUID } from "node:crypto"
import { readBody } from "./body.ts"
import { refuse } from "./errors.ts"
import { identifier, literal } from "./text.ts"
import { isReader, limitReader } from "./users.ts"

/** What a request asks for, apart from how to answer it. */
export interface Asked {
  readonly queryId: string
  /** The statement of the URL; inserted data then stand alone in the body. */
  readonly head: string | undefined
  readonly body: Buffer
  /** Whether the statement may only read: the request says `readonly`, is a GET, or comes from the user for reading. */
  readonly reads: boolean
  /** Statements that give the fresh connection its rights, database, settings and parameters; empty when there are none. */
  readonly prepare: string
  readonly format: string
  /** Whether JSON rows are to come as one array (`output_format_json_array_of_rows`). */
  readonly jsonArray: boolean
  readonly wholeFirst: boolean
  readonly compressed: boolean
}

/** Parameters of ClickHouse's HTTP interface that are no settings, or mean something to the real server's buffers only. */
const notSettings = new Set([
  "query",
  "query_id",
  "database",
  "user",
  "password",
  "role",
  "default_format",
  "compress",
  "decompress",
  "quota_key",
  "stacktrace",
  "session_timeout",
  "session_check",
  "wait_end_of_query",
  "buffer_size",
  "http_response_buffer_size",
  "send_progress_in_http_headers",
  "http_headers_progress_interval_ms",
  "http_write_exception_in_output_format",
  "enable_http_compression",
  "http_zlib_compression_level",
  "cancel_http_readonly_queries_on_client_close",
  "add_http_cors_header",
  "close_session",
])

const settingName = /^[A-Za-z_]\w*$/

/** `readonly` comes last, or it would refuse the settings after it. */
const inOrder = (entries: ReadonlyArray<readonly [string, string]>) =>
  [...entries].sort((a, b) => Number(a[0] === "readonly") - Number(b[0] === "readonly"))

const prepareStatements = (
  reads: boolean,
  database: string | null | undefined,
  entries: ReadonlyArray<readonly [string, string]>,
): string => {
  const settings = inOrder(entries).map(([name, value]) => `${name} = ${literal(value)}`)
  return [
    reads ? ["SET ROLE NONE"] : [],
    database ? [`USE ${identifier(database)}`] : [],
    settings.length > 0 ? [`SET ${settings.join(", ")}`] : [],
  ]
    .flat()
    .join("; ")
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/**
 * Reads URL, headers and body. Parameters become `SET param_name = '...'` of the connection, a statement of their own: the engine
 * binds them by their declared type, and nothing is written into the query.
 */
export const readAsked = async (request: IncomingMessage, password: string): Promise<Asked> => {
  const url = new URL(request.url ?? "/", "http://door")
  const fields = new Map(url.searchParams)
  // Before the body is read: strangers cost nothing.
  const reader = isReader(request, fields, password)
  let body = await readBody(request)
  const type = header(request, "content-type") ?? ""
  if (type.startsWith("multipart/form-data")) {
    for (const [name, value] of await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData())
      fields.set(name, String(value))
    body = Buffer.alloc(0)
  }
  if (fields.has("session_id")) throw refuse(48, "Sessions (session_id) are not supported by the local ClickHouse.", "NOT_IMPLEMENTED")
  if (reader) {
    limitReader(fields)
    // 1, not 2: what the statement itself says about settings is refused too, so it cannot lift its own limits.
    fields.set("readonly", "1")
  }
  // As with the real server a GET only reads, whatever its address says.
  if (request.method === "GET" && fields.get("readonly") !== "1") fields.set("readonly", "2")
  const reads = (fields.get("readonly") ?? "0") !== "0"
  const entries = [...fields].filter(([name]) => !notSettings.has(name))
  for (const [name] of entries) if (!settingName.test(name)) throw refuse(115, `Unknown setting ${literal(name)}.`, "UNKNOWN_SETTING")
  const format = fields.get("default_format") ?? header(request, "x-clickhouse-format") ?? "TabSeparated"
  if (!/^\w+$/.test(format)) throw refuse(73, `Unknown format ${literal(format)}.`, "UNKNOWN_FORMAT")
  return {
    queryId: fields.get("query_id") || randomUUID(),
    head: fields.get("query"),
    body,
    reads,
    prepare: prepareStatements(reads, fields.get("database") ?? header(request, "x-clickhouse-database"), entries),
    format,
    jsonArray: /^(1|true)$/i.test(fields.get("output_format_json_array_of_rows") ?? ""),
    wholeFirst: fields.get("wait_end_of_query") === "1",
    compressed: fields.get("enable_http_compression") === "1" && /\bgzip\b/.test(header(request, "accept-encoding") ?? ""),
  }
}
