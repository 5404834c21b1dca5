import type { ServerResponse } from "node:http"
import { randomBytes } from "node:crypto"
import { createGzip, constants, gzip, type Gzip } from "node:zlib"
import { promisify } from "node:util"
import type { Asked } from "./asked.ts"
import type { EngineError } from "./errors.ts"
import type { AnswerFormat } from "./formats.ts"

/** What ClickHouse tells about a finished (or running) statement in `X-ClickHouse-Summary`. */
export interface Summary {
  readonly readRows?: number
  readonly readBytes?: number
  readonly writtenRows?: number
  readonly writtenBytes?: number
  readonly resultRows?: number
  readonly resultBytes?: number
  readonly seconds?: number
}

const zip = promisify(gzip)
const zipLevel = constants.Z_BEST_SPEED

const summaryText = (summary: Summary): string =>
  JSON.stringify({
    read_rows: String(summary.readRows ?? 0),
    read_bytes: String(summary.readBytes ?? 0),
    written_rows: String(summary.writtenRows ?? 0),
    written_bytes: String(summary.writtenBytes ?? 0),
    total_rows_to_read: "0",
    result_rows: String(summary.resultRows ?? 0),
    result_bytes: String(summary.resultBytes ?? 0),
    elapsed_ns: String(Math.round((summary.seconds ?? 0) * 1e9)),
  })

const setHeaders = (response: ServerResponse, asked: Asked, format: AnswerFormat | undefined, summary: Summary): void => {
  response.setHeader("X-ClickHouse-Query-Id", asked.queryId)
  if (format !== undefined) response.setHeader("X-ClickHouse-Format", format.name)
  response.setHeader("X-ClickHouse-Summary", summaryText(summary))
  response.setHeader("Content-Type", format?.contentType ?? "text/plain; charset=UTF-8")
}

const sendWhole = async (response: ServerResponse, compressed: boolean, body: Uint8Array): Promise<void> => {
  if (!compressed || body.length === 0) return void response.end(body)
  const zipped = await zip(body, { level: zipLevel })
  response.setHeader("Content-Encoding", "gzip")
  response.end(zipped)
}

/** Answers with a result that is there as a whole, its length and its complete statistics; without a format when there are no rows to answer. */
export const answerWhole = async (
  response: ServerResponse,
  asked: Asked,
  format: AnswerFormat | undefined,
  body: Uint8Array,
  summary: Summary,
): Promise<void> => {
  setHeaders(response, asked, format, { ...summary, resultBytes: body.length })
  await sendWhole(response, asked.compressed, body)
}

/** Answers with ClickHouse's error text, number and status. It is compressed as an answer would be, once it is known what was asked. */
export const answerError = async (response: ServerResponse, asked: Asked | undefined, error: EngineError): Promise<void> => {
  response.statusCode = error.status
  if (asked !== undefined) response.setHeader("X-ClickHouse-Query-Id", asked.queryId)
  response.setHeader("X-ClickHouse-Exception-Code", String(error.code))
  response.setHeader("Content-Type", "text/plain; charset=UTF-8")
  await sendWhole(response, asked?.compressed ?? false, Buffer.from(`${error.message}\n`))
}

/** An answer that goes out while it is made. */
export interface StreamedAnswer {
  /** Settles when the client is ready for more. */
  write(chunk: Uint8Array): Promise<void>
  end(): void
  /** The status is long gone: the error goes out as ClickHouse's exception block, and the connection breaks so that nobody takes the answer for whole. */
  fail(error: EngineError): void
}

const breakDelayMs = 3_000

/** Begins an answer whose size and statistics nobody knows yet. */
export const beginStream = (response: ServerResponse, asked: Asked, format: AnswerFormat): StreamedAnswer => {
  const tag = randomBytes(8).toString("hex")
  setHeaders(response, asked, format, {})
  response.setHeader("X-ClickHouse-Exception-Tag", tag)
  let out: ServerResponse | Gzip = response
  let broken = false
  // The break waits: a client that sees it too early drops the error that it has not read yet. One that has read it hangs up by itself.
  const finish = () => void (broken ? setTimeout(() => response.destroy(), breakDelayMs).unref() : response.end())
  if (asked.compressed) {
    response.setHeader("Content-Encoding", "gzip")
    out = createGzip({ level: zipLevel })
    out.on("end", finish).pipe(response, { end: false })
  }
  const end = () => {
    if (out === response) finish()
    else out.end()
  }
  return {
    write: (chunk) => (out.write(chunk) || response.destroyed ? Promise.resolve() : writable(out, response)),
    end,
    fail: (error) => {
      const text = `${error.message}\n`
      broken = true
      out.write(`\r\n__exception__\r\n${tag}\r\n${text}${Buffer.byteLength(text)} ${tag}\r\n__exception__\r\n`)
      end()
    },
  }
}

/** Settles when `out` takes more, or when the client has gone and nothing matters any more. */
const writable = (out: ServerResponse | Gzip, response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      out.off("drain", done)
      response.off("close", done)
      resolve()
    }
    out.on("drain", done)
    response.on("close", done)
  })
