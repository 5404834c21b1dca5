import type { IncomingMessage, ServerResponse } from "node:http"
import { answerError, answerWhole, beginStream } from "./answer.ts"
import { readAsked, type Asked } from "./asked.ts"
import { heldBytes } from "./config.ts"
import type { Engine, Reading } from "./engine.ts"
import { engineError, refuse } from "./errors.ts"
import { isJsonLines, type AnswerFormat } from "./formats.ts"
import { refuseOutside } from "./outside.ts"
import { refuseUnlessReading } from "./read-only.ts"
import { readStatement, type Statement } from "./statement.ts"
import { RowsWithProgress, statisticsOf } from "./statistics.ts"

/** Enough of a body to see what an INSERT is, without decoding its data. */
const insertHead = 64 * 1024

const answerRead = async (
  response: ServerResponse,
  asked: Asked,
  format: AnswerFormat,
  progress: RowsWithProgress | undefined,
  reading: Reading,
): Promise<void> => {
  const held: Array<Buffer> = []
  let size = 0
  let stream: ReturnType<typeof beginStream> | undefined
  try {
    for await (const part of reading.chunks) {
      const chunk = progress === undefined ? part : progress.rows(part)
      if (stream === undefined) {
        held.push(chunk)
        size += chunk.length
        if (asked.wholeFirst || size <= heldBytes) continue
        stream = beginStream(response, asked, format)
        await stream.write(Buffer.concat(held))
      } else if (chunk.length > 0) await stream.write(chunk)
    }
    const result = await reading.settled
    if (stream !== undefined) return stream.end()
    const body = Buffer.concat(held)
    const read = progress?.read ?? statisticsOf(format.name, body)
    await answerWhole(response, asked, format, body, {
      readRows: read.rows,
      readBytes: read.bytes,
      resultRows: result.rowsRead,
      seconds: result.elapsed,
    })
  } catch (cause) {
    if (stream === undefined) throw cause
    stream.fail(engineError(cause))
  }
}

const runInsert = async (engine: Engine, response: ServerResponse, asked: Asked, signal: AbortSignal): Promise<void> => {
  // An INSERT ... FORMAT with nothing behind it inserts nothing, as over ClickHouse's own interface; chDB calls it an error.
  const inserted =
    asked.head !== undefined && asked.body.length === 0 && /\b(format\s+\w+|values)\s*$/i.test(asked.head)
      ? { rowsWritten: 0, bytesWritten: 0, elapsed: 0 }
      : await engine.insert(asked.head?.trimEnd() ?? "", asked.body, asked.prepare, signal)
  const { rowsWritten, bytesWritten, elapsed } = inserted
  const summary = {
    readRows: rowsWritten,
    readBytes: bytesWritten,
    writtenRows: rowsWritten,
    writtenBytes: bytesWritten,
    resultRows: rowsWritten,
    seconds: elapsed,
  }
  await answerWhole(response, asked, undefined, new Uint8Array(0), summary)
}

const run = async (engine: Engine, response: ServerResponse, asked: Asked, signal: AbortSignal): Promise<void> => {
  const whole = () => [asked.head, asked.body.toString("utf8")].filter((part) => part).join("\n")
  const start = asked.head ?? asked.body.subarray(0, insertHead).toString("utf8")
  let statement: Statement = readStatement(start)
  if (statement.kind === "insert" && !asked.reads) refuseOutside(start, true)
  if (statement.kind === "insert" && !asked.reads) return await runInsert(engine, response, asked, signal)
  if (statement.kind === "input")
    throw refuse(
      48,
      "INSERT ... SELECT ... FROM input() is not supported by the local ClickHouse (chDB reads no data there).",
      "NOT_IMPLEMENTED",
    )
  if (asked.body.length > insertHead || (asked.head !== undefined && asked.body.length > 0)) statement = readStatement(whole())
  if (asked.reads) refuseUnlessReading(statement)
  if ("sql" in statement) refuseOutside(statement.sql, false)
  if (statement.kind === "read") {
    const asArray = asked.jsonArray || /\boutput_format_json_array_of_rows\s*=\s*(1|true)\b/i.test(statement.sql)
    const format = engine.formats.of(statement.format ?? asked.format, asArray)
    const counted = isJsonLines(format.name) && !asArray
    const progress = counted ? new RowsWithProgress() : undefined
    const written = counted ? "JSONEachRowWithProgress" : format.name
    return await engine.read(statement, asked.prepare, written, signal, (reading) => answerRead(response, asked, format, progress, reading))
  }
  if (statement.kind !== "command") throw refuse(62, "The body does not continue the statement of the URL.", "SYNTAX_ERROR")
  if (statement.sql.trim() === "") throw refuse(62, "Empty query.", "SYNTAX_ERROR")
  const result = await engine.command(statement.sql, asked.prepare, asked.format, signal)
  const format = result.bytes.length === 0 ? undefined : engine.formats.of(asked.format, asked.jsonArray)
  await answerWhole(response, asked, format, result.bytes, { resultRows: result.rowsRead, seconds: result.elapsed })
}

/** Names of this machine that the door answers to. A page that got its own name to point here sends that name. */
const OURS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i

/** Pages in a browser may not speak to the door: it listens for programs of this machine only. */
const fromBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers["sec-fetch-site"] !== undefined || !OURS.test(headers.host ?? "")

/** As ClickHouse, which has its queries at the root only. */
const answerNowhere = async (response: ServerResponse, path: string | undefined): Promise<void> => {
  response.statusCode = 404
  response.setHeader("Content-Type", "text/plain; charset=UTF-8")
  response.end(`There is no handle ${path}\n\nUse / or /ping for health checks.\nSend queries with the POST method, or GET /?query=...\n`)
}

/** Answers one request. Never rejects: whatever goes wrong is an answer in ClickHouse's words. */
export const handle = async (engine: Engine, password: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = (request.url ?? "/").split("?")[0]
  response.setHeader("X-ClickHouse-Server-Display-Name", "footfall-local")
  response.setHeader("X-ClickHouse-Timezone", "UTC")
  if (fromBrowser(request))
    return await answerError(response, undefined, refuse(516, "The local ClickHouse answers no browser.", "AUTHENTICATION_FAILED"))
  if (path === "/ping" || path === "/replicas_status") return void response.end("Ok.\n")
  if (path !== "/" && path !== "/query") return await answerNowhere(response, path)
  if (request.method === "GET" && !/[?&]query=/.test(request.url ?? "")) return void response.end("Ok.\n")
  const gone = new AbortController()
  response.once("close", () => gone.abort(new Error("the client went away")))
  let asked: Asked | undefined
  try {
    asked = await readAsked(request, password)
    await run(engine, response, asked, gone.signal)
  } catch (cause) {
    if (gone.signal.aborted) response.destroy()
    else await answerError(response, asked, engineError(cause))
  }
}
