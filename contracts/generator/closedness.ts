import type { Contract } from "./contract.ts"
import { fail } from "./fault.ts"
import type { RequestBody, Schema } from "./nodes.ts"
import { flattenAllOf } from "./schema-objects.ts"

/**
 * What happens to unknown properties of a body. Effect decides that for a whole body, so its objects must agree: all closed
 * (`additionalProperties: false`) refuses them, all open strips them.
 */
export const unknownPropertyPolicy = (body: RequestBody, where: string, contract: Contract): "error" | "ignore" => {
  const found = new Set<boolean>()
  const seen = new Set<unknown>()
  const visit = (node: Schema | undefined): void => {
    if (node === undefined || typeof node === "boolean") return
    const target = contract.schema(node)
    if (seen.has(target)) return
    seen.add(target)
    const schema = flattenAllOf(target, where, contract)
    const rest = schema.additionalProperties
    if (schema.properties && (rest === undefined || rest === false)) found.add(rest === false)
    const children = [...Object.values(schema.properties ?? {}), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]
    for (const child of [...children, schema.items, schema.contentSchema, rest]) visit(child)
  }
  for (const media of Object.values(body.content)) visit(media.schema)
  if (found.size > 1) fail(where, "the request body mixes objects that refuse unknown properties with objects that allow them")
  return found.has(true) ? "error" : "ignore"
}
