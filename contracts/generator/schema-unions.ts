import { fail } from "./fault.ts"
import type { Schema, SchemaObject } from "./nodes.ts"
import { isReference } from "./nodes.ts"
import { flattenAllOf } from "./schema-objects.ts"
import { importer } from "./expression.ts"
import type { Scope } from "./scope.ts"

/** `oneOf` and `anyOf`; a null member becomes NullOr. */
export const unionCode = (schema: SchemaObject, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const keyword = schema.oneOf ? "oneOf" : "anyOf"
  const members = (schema[keyword] ?? []).filter((member) => typeOf(member, scope) !== "null")
  refuseSiblings(schema, where)
  if (schema.discriminator) checkDiscriminator(schema.discriminator, members, where, scope)
  const codes = members.map((member, index) => scope.schemaCode(member, `${where}/${keyword}/${index}`, scope))
  const exclusive = keyword === "oneOf" && !schema.discriminator && !haveDistinctTypes(members, scope)
  const options = exclusive ? `, { mode: "oneOf" }` : ""
  const code = codes.length === 1 ? codes[0]! : `${use("Schema")}.Union([${codes.join(", ")}]${options})`
  return members.length < schema[keyword]!.length ? `${use("Schema")}.NullOr(${code})` : code
}

const typeOf = (member: Schema, { contract }: Scope) => contract.schema(member).type

/** Members of different JSON types cannot both match (a number matches what is an integer, so those two are one). */
const haveDistinctTypes = (members: ReadonlyArray<Schema>, scope: Scope): boolean => {
  const types = members.map((member) => typeOf(member, scope))
  if (types.some((type) => typeof type !== "string")) return false
  return new Set(types.map((type) => (type === "integer" ? "number" : type))).size === members.length
}

const refuseSiblings = (schema: SchemaObject, where: string): void => {
  for (const key of ["type", "properties", "required", "pattern", "minLength", "maxLength", "minimum", "maximum"] as const) {
    if (schema[key] !== undefined) fail(where, `"${key}" beside oneOf or anyOf is not supported; put it into the members`)
  }
}

/** A discriminator is a required const in every variant, so that exactly one of them can match. */
const checkDiscriminator = (
  discriminator: NonNullable<SchemaObject["discriminator"]>,
  members: ReadonlyArray<Schema>,
  where: string,
  { contract }: Scope,
): void => {
  const { mapping, propertyName } = discriminator
  const mapped = new Map(Object.entries(mapping ?? {}).map(([value, target]) => [contract.component(target).reference, value]))
  const values = members.map((member) => {
    const variant = flattenAllOf(contract.schema(member), where, contract)
    const property = variant.properties?.[propertyName]
    const value = property === undefined ? undefined : contract.schema(property).const
    if (value === undefined || !variant.required?.includes(propertyName)) {
      return fail(where, `the discriminator "${propertyName}" must be a required const in every variant`)
    }
    const expected = isReference(member) ? mapped.get(contract.component(member.$ref).reference) : undefined
    if (mapping !== undefined && expected === undefined)
      fail(where, `the mapping leaves out the variant with ${propertyName} "${String(value)}"`)
    if (expected !== undefined && expected !== value)
      fail(where, `the mapping says "${expected}" where the variant says "${String(value)}"`)
    return value
  })
  if (new Set(values).size < values.length) fail(where, `two variants have the same "${propertyName}"`)
}
