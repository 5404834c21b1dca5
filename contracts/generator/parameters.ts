import { fail } from "./fault.ts"
import { block, literal } from "./naming.ts"
import type { Parameter, Schema } from "./nodes.ts"
import { fieldCode } from "./schema-objects.ts"
import { importer } from "./expression.ts"
import type { Scope } from "./scope.ts"

const slots = [
  ["params", "path", "simple"],
  ["query", "query", "form"],
  ["headers", "header", "simple"],
] as const

const known = new Set("name in description required schema style explode example examples deprecated".split(" "))

/** Path, query and header parameters as the slots of an endpoint. */
export const parameterSlots = (parameters: ReadonlyArray<Parameter>, where: string, scope: Scope): ReadonlyArray<string> => {
  for (const { in: place, name } of parameters) {
    if (place === "cookie") fail(where, `the cookie parameter "${name}" is not supported; declare a security scheme`)
  }
  return slots.flatMap(([slot, place, style]) => {
    const fields = parameters
      .filter((parameter) => parameter.in === place)
      .map((parameter) => parameterField(parameter, style, where, scope))
    return fields.length === 0 ? [] : [`${slot}: ${importer(scope).use("Schema")}.Struct(${block(fields)})`]
  })
}

const parameterField = (parameter: Parameter, style: string, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const place = `${where} ${parameter.name}`
  for (const key of Object.keys(parameter)) if (!known.has(key)) fail(place, `unsupported parameter keyword "${key}"`)
  if (parameter.schema === undefined) return fail(place, "a parameter needs a schema")
  if (parameter.style !== undefined && parameter.style !== style)
    return fail(place, `parameter style "${parameter.style}" is not supported`)
  const isArray = scope.contract.schema(parameter.schema).type === "array"
  if (isArray && parameter.in !== "query") return fail(place, "arrays are only supported in the query")
  const name = literal(parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name)
  if (scope.contract.schema(parameter.schema).type === "integer")
    return `${name}: ${integerField(parameter, parameter.schema, place, scope)}`
  if (!isArray || parameter.explode !== false) {
    return `${name}: ${fieldCode(parameter.schema, parameter.required === true, place, scope)}`
  }
  const array = `${use("delimitedArray")}(${fieldCode(parameter.schema, true, place, scope)})`
  return `${name}: ${parameter.required === true ? array : `${use("Schema")}.optionalKey(${array})`}`
}

/** An integer, written in digits. Its default is the number, where other fields have their default in the form that is sent. */
const integerField = ({ required }: Parameter, schema: Schema, place: string, scope: Scope): string => {
  const { use } = importer(scope)
  const code = `${use("integerText")}(${scope.schemaCode(schema, place, scope)})`
  const value = (typeof schema === "boolean" ? undefined : schema.default) ?? scope.contract.schema(schema).default
  if (value !== undefined && required !== true)
    return `${code}.pipe(${use("Schema")}.withDecodingDefaultTypeKey(${use("Effect")}.succeed(${literal(value)})))`
  return required === true ? code : `${use("Schema")}.optionalKey(${code})`
}
