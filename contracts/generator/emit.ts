import { emitComponents } from "./components.ts"
import { sharedModule } from "./contract.ts"
import type { Contract } from "./contract.ts"
import { ErrorClasses } from "./errors.ts"
import { fail } from "./fault.ts"
import { SchemaGraph } from "./graph.ts"
import { schemaCode } from "./schemas.ts"
import { Module } from "./module.ts"
import { block, literal, pascalCase } from "./naming.ts"
import type { SpecDocument } from "./nodes.ts"
import { emitOperation } from "./operations.ts"
import { planOperations } from "./plan.ts"
import type { OperationPlan } from "./plan.ts"
import type { Scope } from "./scope.ts"
import { emitSecurity } from "./security.ts"

/** The generated modules: one for what is shared, one for each specification. Not yet formatted. */
export const emitModules = (contract: Contract): ReadonlyMap<string, string> => {
  const graph = new SchemaGraph(contract)
  const modules = new Map([sharedModule, ...contract.specs.keys()].map((name) => [name, new Module(name)]))
  const errors = new ErrorClasses(modules)
  for (const module of modules.values()) emitComponents({ contract, graph, module, request: false, schemaCode })
  for (const [name, document] of contract.specs) {
    emitApi(document, planOperations(contract, name, document), errors, {
      contract,
      graph,
      module: modules.get(name)!,
      request: false,
      schemaCode,
    })
  }
  return new Map(
    [...modules].map(([name, module]) => [name, module.render(name === sharedModule ? "openapi/components" : `openapi/${name}.yaml`)]),
  )
}

const emitApi = (document: SpecDocument, plans: ReadonlyArray<OperationPlan>, errors: ErrorClasses, scope: Scope): void => {
  const { module } = scope
  const apiName = pascalCase(document.info.title)
  emitRequestValidation(plans, apiName, errors, scope)
  emitSecurity(plans, apiName, errors, scope)
  for (const plan of plans) emitOperation(plan, errors, scope)
  const tags = [...new Set(plans.map(({ tag }) => tag))]
  const groups = tags.map((tag) =>
    emitGroup(
      tag,
      plans.filter((plan) => plan.tag === tag),
      scope,
    ),
  )
  module.add(
    `export class ${module.declare(apiName, `${module.name}.yaml info.title`)} extends ${module.use("HttpApi")}.make(${literal(apiName)})\n` +
      `.annotate(${module.use("HttpApi")}.QueryParseOptions, { errors: "all", onExcessProperty: "error" })\n` +
      `.annotate(${module.use("OpenApi")}.Title, ${literal(document.info.title)})\n` +
      `.annotate(${module.use("OpenApi")}.Version, ${literal(document.info.version)})\n.add(${groups.join(", ")}) {}`,
  )
}

const emitGroup = (tag: string, plans: ReadonlyArray<OperationPlan>, { module }: Scope): string => {
  const name = module.declare(`${pascalCase(tag)}Group`, `${module.name}.yaml tag ${tag}`)
  const endpoints = plans.map(({ id }) => `.add(${id})`).join("\n")
  module.add(`export class ${name} extends ${module.use("HttpApiGroup")}.make(${literal(tag)})\n${endpoints} {}`)
  return name
}

/** One middleware answers all malformed requests of an API, so all its 400 responses are the same. */
const emitRequestValidation = (plans: ReadonlyArray<OperationPlan>, apiName: string, errors: ErrorClasses, scope: Scope): void => {
  const { module } = scope
  const names = plans.flatMap(({ operation, where }) => {
    const response = operation.responses["400"]
    return response === undefined ? [] : [{ where, name: errors.schemaName("400", response, where, scope) }]
  })
  const [first] = names
  if (first === undefined) return
  for (const { name, where } of names) if (name !== first.name) fail(where, `all 400 responses of ${module.name}.yaml must be the same`)
  const service = module.declare("RequestValidation", `${module.name}.yaml`)
  module.add(
    `/** Answers a request that does not match the contract. */\n` +
      `export class ${service} extends ${module.use("HttpApiMiddleware")}.Service<${service}>()` +
      `(${literal(`@footfall/contracts/${apiName}/${service}`)}, ${block([`error: ${first.name}`])}) {}`,
  )
}
