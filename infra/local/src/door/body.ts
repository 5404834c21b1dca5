import type { IncomingMessage } from "node:http"
import type { Readable, Transform } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from "node:zlib"
import { maxBodyBytes } from "./config.ts"
import { refuse } from "./errors.ts"

const inflaters = new Map<string, () => Transform>([
  ["gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
  ["zstd", createZstdDecompress],
])

const inflated = (request: IncomingMessage): Readable => {
  const encoding = request.headers["content-encoding"] ?? "identity"
  if (encoding === "identity") return request
  const inflater = inflaters.get(encoding)
  if (inflater === undefined) throw refuse(48, `Unknown Content-Encoding '${encoding}'.`, "NOT_IMPLEMENTED")
  const stream = inflater()
  request.on("error", (cause) => stream.destroy(cause))
  return request.pipe(stream)
}

/** The whole body as bytes, inflated; refuses what is larger than `maxBodyBytes` or does not inflate. */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  let size = 0
  try {
    for await (const chunk of inflated(request)) {
      size += chunk.length
      if (size > maxBodyBytes) throw refuse(307, `The body is larger than ${maxBodyBytes} bytes.`, "TOO_MANY_BYTES")
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && typeof cause.code === "string" && /^(Z_|ERR_|ZSTD)/.test(cause.code))
      throw refuse(354, `The body cannot be inflated: ${cause.message}`, "ZLIB_INFLATE_FAILED", 400)
    throw cause
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)
}
