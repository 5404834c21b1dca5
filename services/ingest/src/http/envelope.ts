import { type BadRequest, EventBatch } from "@footfall/contracts/generated/shared"
import { fieldErrorsOf } from "@footfall/contracts/runtime"
import { Result, Schema } from "effect"
import { isUtf8 } from "node:buffer"
import { badBody } from "./badBody.ts"
import { jsonFault } from "./json.ts"

const decodeBatch = Schema.decodeUnknownResult(EventBatch, { errors: "all" })

const notJson = (text: string) => {
  const { position, line, column, expected } = jsonFault(text)
  return badBody([
    { pointer: "", message: `Expected JSON; at position ${position} (line ${line}, column ${column}) there should be ${expected}` },
  ])
}

const parse = (text: string): Result.Result<unknown, BadRequest> => {
  try {
    return Result.succeed(JSON.parse(text))
  } catch {
    return Result.fail(notJson(text))
  }
}

/** The batch in the bytes of a body, its events still as JSON gave them. */
export const parseEnvelope = (bytes: Buffer): Result.Result<EventBatch, BadRequest> => {
  if (!isUtf8(bytes)) return Result.fail(badBody([{ pointer: "", message: "Expected text in UTF-8" }]))
  const json = parse(bytes.toString("utf8"))
  if (Result.isFailure(json)) return Result.fail(json.failure)
  return Result.mapError(decodeBatch(json.success), ({ issue }) => badBody(fieldErrorsOf(issue, "body")))
}
