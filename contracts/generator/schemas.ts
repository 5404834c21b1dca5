import { sharedModule } from "./contract.ts"
import { fail } from "./fault.ts"
import { literal, pascalCase } from "./naming.ts"
import { isReference } from "./nodes.ts"
import type { Schema, SchemaObject } from "./nodes.ts"
import { integerCode, numberCode, stringCode } from "./schema-scalars.ts"
import { flattenAllOf, objectCode } from "./schema-objects.ts"
import { unionCode } from "./schema-unions.ts"
import { checked, importer } from "./expression.ts"
import type { Scope } from "./scope.ts"

const structure = "$ref type const enum properties required additionalProperties propertyNames items oneOf anyOf allOf discriminator"
const limits = "format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"
const sizes = "minItems maxItems uniqueItems minProperties maxProperties contentMediaType contentSchema"
const annotations = "default title description example examples deprecated readOnly writeOnly $comment x-each x-metric"
const known = new Set(`${structure} ${limits} ${sizes} ${annotations} x-expected`.split(" "))
const besideReference = new Set(`$ref ${annotations}`.split(" "))

/** A schema node as an Effect Schema expression. */
export const schemaCode = (node: Schema | undefined, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  if (node === undefined || node === true) return use("json")
  if (node === false) return fail(where, "`false` as a schema is only supported as additionalProperties")
  refuseUnknownKeywords(node, where)
  if (isReference(node)) return referenceCode(node.$ref, where, scope)
  const schema = flattenAllOf(node, where, scope.contract)
  if (schema.const !== undefined) return `${use("Schema")}.Literal(${literal(schema.const)})`
  if (schema.enum) return enumCode(schema.enum, scope)
  if (schema.oneOf && schema.anyOf) return fail(where, "oneOf and anyOf beside each other are not supported")
  if (schema.oneOf ?? schema.anyOf) return unionCode(schema, where, scope)
  return typedCode(schema, where, scope)
}

const typedCode = (schema: SchemaObject, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  if (Array.isArray(schema.type)) return typeListCode(schema, schema.type, where, scope)
  switch (schema.type) {
    case "null":
      return `${use("Schema")}.Null`
    case "boolean":
      return `${use("Schema")}.Boolean`
    case "integer":
      return integerCode(schema, where, scope)
    case "number":
      return numberCode(schema, where, scope)
    case "string":
      return stringCode(schema, where, scope)
    case "array":
      return arrayCode(schema, where, scope)
    case "object":
      return objectCode(schema, where, scope)
    case undefined:
      return isFreeForm(schema) ? use("json") : fail(where, "a schema with constraints needs a type")
    default:
      return fail(where, `unknown type "${String(schema.type)}"`)
  }
}

/** `type: [string, 'null']`: the keywords of each type apply to that type alone. */
const typeListCode = (schema: SchemaObject, types: ReadonlyArray<string>, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const members = types.filter((type) => type !== "null").map((type) => typedCode({ ...schema, type }, where, scope))
  const code = members.length === 1 ? members[0]! : `${use("Schema")}.Union([${members.join(", ")}])`
  return types.includes("null") ? `${use("Schema")}.NullOr(${code})` : code
}

const enumCode = (values: NonNullable<SchemaObject["enum"]>, scope: Scope): string => {
  const { use } = importer(scope)
  const code = `${use("Schema")}.Literals([${values
    .filter((value) => value !== null)
    .map(literal)
    .join(", ")}])`
  return values.includes(null) ? `${use("Schema")}.NullOr(${code})` : code
}

/** With `x-each` the handler validates the items one by one, so the array lets any through. */
const arrayCode = (schema: SchemaObject, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const each = schema["x-each"] === true
  if (each && !isReference(schema.items)) fail(where, "the items of an x-each array must be a component, so that handlers can import it")
  const items = each ? `${use("Schema")}.Unknown` : schemaCode(schema.items, `${where}/items`, scope)
  const checks: Array<string> = []
  if (schema.minItems !== undefined) checks.push(`${use("minItems")}(${schema.minItems})`)
  if (schema.maxItems !== undefined) checks.push(`${use("maxItems")}(${schema.maxItems})`)
  if (schema.uniqueItems) checks.push(`${use("Schema")}.isUnique()`)
  return checked(`${use("Schema")}.Array(${items})`, checks)
}

const referenceCode = (reference: string, where: string, scope: Scope): string => {
  const { contract, graph, module, component: self } = scope
  const target = contract.component(reference)
  if (target.kind !== "schemas") return fail(where, `${reference} is not a schema`)
  if (target.home !== module.name && target.home !== sharedModule) {
    return fail(where, `${reference} belongs to another specification; move it to components/`)
  }
  const name = module.refer(target.home, pascalCase(target.name))
  const loops = self !== undefined && graph.reaches(target, self)
  return loops ? `${module.use("Schema")}.suspend((): Schema.Codec<${name}> => ${name})` : name
}

/** A schema that says nothing about the value: any JSON. */
const isFreeForm = (schema: SchemaObject): boolean => Object.keys(schema).every((key) => besideReference.has(key) || key.startsWith("x-"))

const refuseUnknownKeywords = (node: SchemaObject, where: string): void => {
  for (const key of Object.keys(node)) {
    if (!known.has(key)) fail(where, `unsupported keyword "${key}"`)
    if (isReference(node) && !besideReference.has(key)) fail(where, `"${key}" beside $ref is not supported; put it into the component`)
  }
}
