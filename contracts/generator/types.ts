import { fail } from "./fault.ts"
import { literal, pascalCase } from "./naming.ts"
import { isReference } from "./nodes.ts"
import type { Schema } from "./nodes.ts"
import { flattenAllOf } from "./schema-objects.ts"
import type { Scope } from "./scope.ts"

/** A schema node as a TypeScript type. Needed only where a schema contains itself, which TypeScript cannot infer. */
export const typeCode = (node: Schema | undefined, where: string, scope: Scope): string => {
  const { contract, module } = scope
  if (node === undefined || typeof node === "boolean") return `${module.use("Schema")}.Json`
  if (isReference(node)) {
    const target = contract.component(node.$ref)
    return module.refer(target.home, pascalCase(target.name))
  }
  const schema = flattenAllOf(node, where, contract)
  const members = schema.oneOf ?? schema.anyOf
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return schema.enum.map(literal).join(" | ")
  if (members) return members.map((member) => typeCode(member, where, scope)).join(" | ")
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => typeCode({ ...schema, type }, where, scope)).join(" | ")
  switch (schema.type) {
    case "array":
      return `ReadonlyArray<${typeCode(schema.items, `${where}/items`, scope)}>`
    case "object":
      return objectType(schema, where, scope)
    case "integer":
      return "number"
    case "string":
    case "number":
    case "boolean":
    case "null":
      return schema.type
    default:
      return fail(where, "a schema without a type inside a schema that contains itself")
  }
}

const objectType = (schema: Extract<Schema, object>, where: string, scope: Scope): string => {
  const { additionalProperties: rest, properties, required = [] } = schema
  if (properties === undefined) return `{ readonly [key: string]: ${typeCode(rest, where, scope)} }`
  if (rest !== undefined && rest !== false) return fail(where, "an open object inside a schema that contains itself is not supported")
  const fields = Object.entries(properties).map(([name, property]) => {
    if (scope.request && scope.contract.schema(property).default !== undefined) {
      fail(where, `"${name}" has a default inside a schema that contains itself, which is not supported in requests`)
    }
    return `readonly ${literal(name)}${required.includes(name) ? "" : "?"}: ${typeCode(property, `${where}/${name}`, scope)}`
  })
  return `{\n${fields.join("\n")}\n}`
}
