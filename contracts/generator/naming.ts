import type { Json } from "./nodes.ts"

/** A value as source text. */
export const literal = (value: Json): string => JSON.stringify(value)

const identifier = (name: string): string =>
  name.replace(/[^A-Za-z0-9_$]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase())

/** `secret-key` becomes `SecretKey`: the name of a class, schema or type. */
export const pascalCase = (name: string): string => identifier(name).replace(/^./, (first) => first.toUpperCase())

/** `bearer-auth` becomes `bearerAuth`. */
export const camelCase = (name: string): string => identifier(name).replace(/^./, (first) => first.toLowerCase())

/** Fields one per line, as the formatter keeps an object that starts with a line break. */
export const block = (fields: ReadonlyArray<string>): string => (fields.length === 0 ? "{}" : `{\n${fields.join(",\n")}\n}`)

/** One expression as it is, several as an array. */
export const oneOrList = (expressions: ReadonlyArray<string>): string =>
  expressions.length === 1 ? expressions[0]! : `[${expressions.join(", ")}]`
