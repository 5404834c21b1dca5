import type { Contract } from "./contract.ts"
import { fail } from "./fault.ts"
import { block, literal } from "./naming.ts"
import type { Schema, SchemaObject } from "./nodes.ts"
import { checked, importer } from "./expression.ts"
import type { Scope } from "./scope.ts"

const mergeable = "type properties required description title additionalProperties minProperties maxProperties propertyNames".split(" ")
const lastWins = ["description", "additionalProperties", "minProperties", "maxProperties", "propertyNames"] as const

/** `allOf` between object schemas as the one object that it describes. */
export const flattenAllOf = (schema: SchemaObject, where: string, contract: Contract): SchemaObject => {
  if (schema.allOf === undefined) return schema
  const { allOf, ...own } = schema
  const parts = [...allOf.map((part) => flattenAllOf(contract.schema(part), where, contract)), { type: "object", ...own }]
  const properties: Record<string, Schema> = {}
  const merged: Record<string, unknown> = {}
  for (const part of parts) {
    if (part.type !== "object") fail(where, "allOf is only supported between object schemas")
    for (const key of Object.keys(part)) if (!mergeable.includes(key)) fail(where, `"${key}" in a member of allOf is not supported`)
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      const before = properties[name]
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(property)) {
        fail(where, `members of allOf disagree on the property "${name}"`)
      }
      properties[name] = property
    }
    for (const key of lastWins) {
      if (part[key] === undefined) continue
      if (key !== "description" && key in merged) fail(where, `only one member of allOf may have "${key}"`)
      merged[key] = part[key]
    }
  }
  if (merged.additionalProperties === false) {
    fail(where, "additionalProperties: false inside allOf refuses the properties of the other members")
  }
  return { ...merged, type: "object", properties, required: [...new Set(parts.flatMap((part) => part.required ?? []))] }
}

/** An object: a struct, a record, or a struct that lets further JSON properties through. */
export const objectCode = (schema: SchemaObject, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const { additionalProperties: rest, properties } = schema
  const open = rest !== undefined && rest !== false
  const record = () => `${use("Schema")}.Record(${use("Schema")}.String, ${scope.schemaCode(rest, `${where}/additionalProperties`, scope)})`
  const struct = () => `${use("Schema")}.Struct(${block(propertyFields(schema, where, scope))})`
  if (properties === undefined && rest === false) return fail(where, "an object without properties that refuses all properties")
  if (properties !== undefined && open && Object.keys(Object(rest)).length > 0) {
    return fail(where, "typed additionalProperties beside properties are not supported; give the map a property of its own")
  }
  const code = properties === undefined ? record() : open ? `${use("Schema")}.StructWithRest(${struct()}, [${record()}])` : struct()
  return checked(code, objectChecks(schema, where, scope))
}

const objectChecks = (schema: SchemaObject, where: string, scope: Scope): ReadonlyArray<string> => {
  const { use } = importer(scope)
  const checks: Array<string> = []
  const counts = schema.minProperties ?? schema.maxProperties ?? schema.propertyNames
  if (counts !== undefined && schema.properties !== undefined && schema.additionalProperties === undefined) {
    fail(where, "minProperties, maxProperties and propertyNames beside properties need additionalProperties to be true or false")
  }
  if (schema.minProperties !== undefined) checks.push(`${use("Schema")}.isMinProperties(${schema.minProperties})`)
  if (schema.maxProperties !== undefined) checks.push(`${use("Schema")}.isMaxProperties(${schema.maxProperties})`)
  if (schema.propertyNames !== undefined) {
    const names = { type: "string", ...scope.contract.schema(schema.propertyNames) }
    checks.push(`${use("Schema")}.isPropertyNames(${scope.schemaCode(names, `${where}/propertyNames`, scope)})`)
  }
  return checks
}

/** The fields of a struct: absent unless required, with their defaults. */
export const propertyFields = (schema: SchemaObject, where: string, scope: Scope): ReadonlyArray<string> => {
  const { properties = {}, required = [] } = schema
  for (const name of required) if (!(name in properties)) fail(where, `"${name}" is required but not among the properties`)
  return Object.entries(properties).map(
    ([name, property]) => `${literal(name)}: ${fieldCode(property, required.includes(name), `${where}/${name}`, scope)}`,
  )
}

/** A field or parameter with what its absence means. A default turns the compiled decoder off, so hot schemas have none. */
export const fieldCode = (node: Schema, required: boolean, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const code = scope.schemaCode(node, where, scope)
  const own = typeof node === "boolean" ? undefined : node.default
  const value = own ?? scope.contract.schema(node).default
  if (value !== undefined && (required || scope.request)) {
    const wrapper = required ? "withConstructorDefault" : "withDecodingDefaultKey"
    return `${code}.pipe(${use("Schema")}.${wrapper}(${use("Effect")}.succeed(${literal(value)} as const)))`
  }
  return required ? code : `${use("Schema")}.optionalKey(${code})`
}
