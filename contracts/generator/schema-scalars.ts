import { fail } from "./fault.ts"
import { literal } from "./naming.ts"
import type { SchemaObject } from "./nodes.ts"
import { checked, importer } from "./expression.ts"
import type { Scope } from "./scope.ts"

/** JSON Schema formats of strings and the checks in src/formats.ts that implement them. */
const stringFormats: Readonly<Record<string, string>> = {
  uuid: "uuid",
  date: "date",
  "date-time": "dateTime",
  hostname: "hostname",
  email: "email",
  uri: "uri",
  "uri-reference": "uriReference",
}

const numberFormats: ReadonlySet<string> = new Set(["int32", "int64", "float", "double"])

const ranges = (schema: SchemaObject, where: string, scope: Scope): ReadonlyArray<string> => {
  const Schema = importer(scope).use("Schema")
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema
  if (format !== undefined && !numberFormats.has(format)) fail(where, `unknown number format "${format}"`)
  const checks: Array<string> = []
  if (format === "int32") checks.push(`${Schema}.isInt32()`)
  if (minimum !== undefined && maximum !== undefined) checks.push(`${Schema}.isBetween({ minimum: ${minimum}, maximum: ${maximum} })`)
  else if (minimum !== undefined) checks.push(`${Schema}.isGreaterThanOrEqualTo(${minimum})`)
  else if (maximum !== undefined) checks.push(`${Schema}.isLessThanOrEqualTo(${maximum})`)
  if (exclusiveMinimum !== undefined) checks.push(`${Schema}.isGreaterThan(${exclusiveMinimum})`)
  if (exclusiveMaximum !== undefined) checks.push(`${Schema}.isLessThan(${exclusiveMaximum})`)
  if (multipleOf !== undefined) checks.push(`${Schema}.isMultipleOf(${multipleOf})`)
  return checks
}

/** Integers are safe integers: beyond 2^53 JSON.parse would already have changed the number. */
export const integerCode = (schema: SchemaObject, where: string, scope: Scope): string =>
  checked(`${importer(scope).use("Schema")}.Int`, ranges(schema, where, scope))

export const numberCode = (schema: SchemaObject, where: string, scope: Scope): string =>
  checked(`${importer(scope).use("Schema")}.Finite`, ranges(schema, where, scope))

export const stringCode = (schema: SchemaObject, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const { contentMediaType, contentSchema, format, minLength, maxLength } = schema
  if (contentMediaType === "application/json" && contentSchema !== undefined) {
    return `${use("Schema")}.fromJsonString(${scope.schemaCode(contentSchema, `${where}/contentSchema`, scope)})`
  }
  if (format === "binary") return `${use("Schema")}.Uint8Array`
  const checks: Array<string> = []
  if (minLength !== undefined) checks.push(`${use("minLength")}(${minLength})`)
  if (maxLength !== undefined) checks.push(`${use("maxLength")}(${maxLength})`)
  if (schema.pattern === undefined && schema["x-expected"] !== undefined)
    fail(where, "x-expected says what a pattern asks for; there is none")
  if (schema.pattern !== undefined) checks.push(patternCode(schema.pattern, schema["x-expected"], where, scope))
  if (format !== undefined) {
    const check = stringFormats[format] ?? fail(where, `unknown format "${format}": add it to src/formats.ts and to the generator`)
    checks.push(`${use("format")}.${check}`)
  }
  return checked(`${use("Schema")}.String`, checks)
}

/** A regular expression says nothing to most people, so the contract says in words what it expects. */
const patternCode = (source: string, expected: string | undefined, where: string, scope: Scope): string => {
  try {
    new RegExp(source, "u")
  } catch {
    fail(where, `the pattern ${source} is not a regular expression`)
  }
  if (expected === undefined) return fail(where, 'a pattern needs x-expected: what it asks for, in words that continue "Expected …"')
  return `${importer(scope).use("pattern")}(${literal(source)}, ${literal(expected)})`
}
