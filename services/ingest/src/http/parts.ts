import { type BadRequest, PayloadTooLarge } from "@footfall/contracts/generated/shared"
import { Effect } from "effect"
import { createGunzip } from "node:zlib"
import { badBody } from "./badBody.ts"

/** The largest body, in bytes, both as sent and inflated. */
export const MAX_BODY = 1024 * 1024

/** Bytes that are looked at together; Node inflates as many at a time. */
export const PART_BYTES = 16 * 1024

/** Says that a body is larger than {@link MAX_BODY}. */
export const tooLarge = () =>
  new PayloadTooLarge({
    detail: `The body must be at most ${MAX_BODY} bytes, both compressed and decompressed. Send fewer events at a time.`,
  })

/** A body that is looked at part by part, so that what is too much to inflate is seen before it is inflated. */
export interface Parts {
  /** Whether all of it is there without any work. */
  readonly isPlain: boolean
  /** Bytes that the next parts have in all, as far as that is known without inflating. */
  readonly bytes: number
  /** Shows the parts that have not been shown yet, one by one, until `look` gives true or there are no more. */
  readonly show: (look: (part: Buffer) => boolean) => Effect.Effect<void, BadRequest | PayloadTooLarge>
  /** The bytes shown so far, for an inflated body, and all of them for a plain one. */
  readonly whole: () => Buffer
  /** Ends what goes on in the background. */
  readonly drop: () => void
}

/** A body that was sent as it is. */
export const plainParts = (bytes: Buffer): Parts => {
  let at = 0
  return {
    isPlain: true,
    bytes: bytes.length,
    show: (look) =>
      Effect.sync(() => {
        while (at < bytes.length && !look(bytes.subarray(at, (at += PART_BYTES))));
      }),
    whole: () => bytes,
    drop: () => undefined,
  }
}

const noGzip = () => badBody([{ pointer: "", message: "Expected a complete gzip stream" }])

/** A body that was sent with gzip, inflated only as far as its parts are shown. */
export const gzipParts = (bytes: Buffer): Parts => {
  const stream = createGunzip({ chunkSize: PART_BYTES })
  const shown: Array<Buffer> = []
  let size = 0
  let fault: BadRequest | PayloadTooLarge | undefined = bytes.length === 0 ? noGzip() : undefined
  let ended = bytes.length === 0
  let look: ((part: Buffer) => boolean) | undefined
  let wake: (() => void) | undefined

  const end = (why?: BadRequest | PayloadTooLarge) => {
    ended = true
    fault ??= why
    wake?.()
  }
  stream
    .on("data", (part: Buffer) => {
      size += part.length
      shown.push(part)
      if (size > MAX_BODY) {
        stream.destroy()
        return end(tooLarge())
      }
      if (look?.(part) === true) {
        stream.pause()
        wake?.()
      }
    })
    .on("error", () => end(noGzip()))
    .on("end", () => end())
    .pause()
  stream.end(bytes)

  return {
    isPlain: false,
    bytes: bytes.length,
    show: (shownTo) =>
      Effect.callback<void, BadRequest | PayloadTooLarge>((resume) => {
        wake = () => {
          look = wake = undefined
          resume(fault === undefined ? Effect.void : Effect.fail(fault))
        }
        look = shownTo
        if (ended) wake()
        else stream.resume()
      }),
    whole: () => (shown.length === 1 && shown[0] !== undefined ? shown[0] : Buffer.concat(shown, size)),
    drop: () => stream.destroy(),
  }
}
