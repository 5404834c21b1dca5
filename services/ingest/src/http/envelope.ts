import { type BadRequest, EventBatch } from "@footfall/contracts/generated/shared"
import { fieldErrorsOf } from "@footfall/contracts/runtime"
import { notJson } from "@footfall/contracts/json-fault"
import { NOT_UTF8 } from "@footfall/contracts/text-body"
import { Result, Schema } from "effect"
import { isUtf8 } from "node:buffer"
import { badBody } from "./badBody.ts"
import { MAX_EVENTS } from "./EnvelopeScan.ts"

const decodeBatch = Schema.decodeUnknownResult(EventBatch, { errors: "all" })

/** Says that a batch has more events than it may; the schema says it with the same words. */
export const tooManyEvents = (): BadRequest =>
  badBody([{ pointer: "/events", message: `Expected an array with at most ${MAX_EVENTS} items` }])

const parse = (text: string): Result.Result<unknown, BadRequest> => {
  try {
    return Result.succeed(JSON.parse(text))
  } catch {
    return Result.fail(badBody([{ pointer: "", message: notJson(text) }]))
  }
}

/**
 * The batch in the bytes of a body, its events still as JSON gave them. `key` is the one that was found in the body and believed,
 * if it was not in the header: the body may have no other one besides.
 */
export const parseEnvelope = (bytes: Buffer, key: string | undefined): Result.Result<EventBatch, BadRequest> => {
  if (!isUtf8(bytes)) return Result.fail(badBody([{ pointer: "", message: NOT_UTF8 }]))
  const json = parse(bytes.toString("utf8"))
  if (Result.isFailure(json)) return Result.fail(json.failure)
  const batch = decodeBatch(json.success)
  if (Result.isFailure(batch)) return Result.fail(badBody(fieldErrorsOf(batch.failure.issue, "body")))
  return key === undefined || batch.success.key === key
    ? Result.succeed(batch.success)
    : Result.fail(badBody([{ pointer: "/key", message: "Expected only once, but given several times" }]))
}
