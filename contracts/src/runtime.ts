// What generated modules import: checks that Effect does not have in the form JSON Schema wants, and annotations.
import { Context, Schema, SchemaTransformation } from "effect"

export { fieldErrorsOf } from "./field-errors.ts"
export type { FieldError } from "./field-errors.ts"
export { format } from "./formats.ts"
export { layerRequestValidation } from "./request-validation.ts"

const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`

/** `maxLength`, which counts code points; the number of UTF-16 units settles almost every case. */
export const maxLength = (limit: number) =>
  Schema.makeFilter<string>((text) => text.length <= limit || (text.length <= 2 * limit && codePoints(text) <= limit), {
    expected: `a string with at most ${counted(limit, "character")}`,
    arbitraryConstraint: { maxCodePoints: limit },
  })

/** `minLength` in code points. */
export const minLength = (limit: number) =>
  Schema.makeFilter<string>((text) => text.length >= 2 * limit || (text.length >= limit && codePoints(text) >= limit), {
    expected: `a string with at least ${counted(limit, "character")}`,
    arbitraryConstraint: { minCodePoints: limit },
  })

/** `pattern`, with Unicode semantics. People see what the contract expects in words (`x-expected`) instead of the expression. */
export const pattern = (source: string, expected: string) => Schema.isPattern(new RegExp(source, "u"), { expected })

/** `minItems`. */
export const minItems = (limit: number) => Schema.isMinLength(limit, { expected: `an array with at least ${counted(limit, "item")}` })

/** `maxItems`. */
export const maxItems = (limit: number) => Schema.isMaxLength(limit, { expected: `an array with at most ${counted(limit, "item")}` })

/**
 * Any JSON value. Whatever JSON.parse returned is one, so there is nothing left to check; Schema.Json would walk through it,
 * outside of the compiled decoder.
 */
export const json = Schema.Unknown as unknown as Schema.Codec<Schema.Json>

/** An integer in the text of a parameter: digits, and not whatever JavaScript reads as a number (`1e3`, `0x10`, ` 7`). */
export const integerText = <S extends Schema.Codec<number>>(integer: S) =>
  Schema.String.check(Schema.isPattern(/^-?(?:0|[1-9]\d*)$/, { expected: "an integer" })).pipe(
    Schema.decodeTo(integer, SchemaTransformation.transform({ decode: Number, encode: String })),
  )

/** A query array in one parameter, `a,b,c` (`style: form, explode: false`). */
export const delimitedArray = <S extends Schema.Top>(array: S) =>
  Schema.String.pipe(
    Schema.decodeTo(
      Schema.toCodecStringTree(array) as unknown as Schema.Codec<S["Type"], ReadonlyArray<string>>,
      SchemaTransformation.transform<ReadonlyArray<string>, string>({
        decode: (text) => (text === "" ? [] : text.split(",")),
        encode: (items) => items.join(","),
      }),
    ),
  )

/** The scopes that an operation asks for; security middleware reads them from `endpoint.annotations`. */
export class RequiredScopes extends Context.Service<RequiredScopes, ReadonlyArray<string>>()("@footfall/contracts/RequiredScopes") {}
