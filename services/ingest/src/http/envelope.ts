import { type BadRequest, EventBatch } from "@footfall/contracts/generated/shared"
import { fieldErrorsOf } from "@footfall/contracts/runtime"
import { notJson } from "@footfall/contracts/json-fault"
import { NOT_UTF8 } from "@footfall/contracts/text-body"
import { Result, Schema } from "effect"
import { isUtf8 } from "node:buffer"
import { badBody } from "./badBody.ts"

const decodeBatch = Schema.decodeUnknownResult(EventBatch, { errors: "all" })

const parse = (text: string): Result.Result<unknown, BadRequest> => {
  try {
    return Result.succeed(JSON.parse(text))
  } catch {
    return Result.fail(badBody([{ pointer: "", message: notJson(text) }]))
  }
}

/** The batch in the bytes of a body, its events still as JSON gave them. */
export const parseEnvelope = (bytes: Buffer): Result.Result<EventBatch, BadRequest> => {
  if (!isUtf8(bytes)) return Result.fail(badBody([{ pointer: "", message: NOT_UTF8 }]))
  const json = parse(bytes.toString("utf8"))
  if (Result.isFailure(json)) return Result.fail(json.failure)
  return Result.mapError(decodeBatch(json.success), ({ issue }) => badBody(fieldErrorsOf(issue, "body")))
}
