import type { Component } from "./contract.ts"
import { literal, pascalCase } from "./naming.ts"
import type { SchemaObject } from "./nodes.ts"
import { referencesIn } from "./references.ts"
import { schemaCode } from "./schemas.ts"
import type { Scope } from "./scope.ts"
import { typeCode } from "./types.ts"

/** Every schema component of a module, one statement each, what is needed before what needs it. */
export const emitComponents = (scope: Scope): void => {
  const emitted = new Set<string>()
  const emit = (component: Component) => {
    if (component.home !== scope.module.name || emitted.has(component.reference)) return
    emitted.add(component.reference)
    for (const reference of referencesIn(component.node)) emit(scope.contract.component(reference))
    emitComponent(component, { ...scope, request: scope.graph.isInRequests(component), component })
  }
  scope.contract.declared(scope.module.name, "schemas").forEach(emit)
}

const emitComponent = (component: Component, scope: Scope): void => {
  const where = component.reference
  const schema = component.node as SchemaObject
  const { graph, module } = scope
  const name = module.declare(pascalCase(component.name), where)
  const description = schema.description === undefined ? "" : `, description: ${literal(schema.description)}`
  const code = `${schemaCode(schema, where, scope)}.annotate({ identifier: ${literal(component.name)}${description} })`
  if (graph.isRecursive(component)) {
    module.add(
      `export type ${name} = ${typeCode(schema, where, scope)}`,
      `export const ${name}: ${module.use("Schema")}.Codec<${name}> = ${code}`,
    )
  } else {
    module.add(`export const ${name} = ${code}\nexport type ${name} = typeof ${name}.Type`)
  }
}
