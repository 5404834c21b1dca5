import { fail } from "./fault.ts"
import type { ErrorClasses } from "./errors.ts"
import { camelCase, literal, oneOrList, pascalCase } from "./naming.ts"
import type { OrReference, Response, SecurityRequirement, SecurityScheme } from "./nodes.ts"
import type { OperationPlan } from "./plan.ts"
import type { Scope } from "./scope.ts"

/** A combination of schemes, any of which lets a request in; each combination is one middleware. */
interface Alternative {
  readonly name: string
  readonly schemes: ReadonlyArray<string>
  readonly optional: boolean
}

/** The scopes that an operation asks for, over all its alternatives. */
export const scopesOf = (requirements: ReadonlyArray<SecurityRequirement>): ReadonlyArray<string> => [
  ...new Set(requirements.flatMap((requirement) => Object.values(requirement).flat())),
]

const alternativeOf = (requirements: ReadonlyArray<SecurityRequirement>, where: string): Alternative | undefined => {
  const schemes = requirements.flatMap((requirement) => {
    const names = Object.keys(requirement)
    return names.length > 1 ? fail(where, "several security schemes at once are not supported") : names
  })
  if (schemes.length === 0) return undefined
  const optional = requirements.some((requirement) => Object.keys(requirement).length === 0)
  return { name: `${schemes.map(pascalCase).join("Or")}${optional ? "Optional" : ""}`, schemes, optional }
}

/** The name of the middleware that guards an operation, if any does. */
export const middlewareOf = ({ security, where }: OperationPlan): string | undefined => alternativeOf(security, where)?.name

/** The schemes of a specification and one middleware for each combination that its operations use. */
export const emitSecurity = (plans: ReadonlyArray<OperationPlan>, apiName: string, errors: ErrorClasses, scope: Scope): void => {
  const emitted = new Set<string>()
  for (const plan of plans) {
    const alternative = alternativeOf(plan.security, plan.where)
    if (alternative === undefined || emitted.has(alternative.name)) continue
    emitted.add(alternative.name)
    for (const scheme of alternative.schemes) {
      if (!emitted.has(scheme)) emitScheme(scheme, plan.where, scope)
      emitted.add(scheme)
    }
    emitMiddleware(
      alternative,
      plans.filter((other) => middlewareOf(other) === alternative.name),
      apiName,
      errors,
      scope,
    )
  }
}

const schemeName = (name: string) => `${camelCase(name)}Scheme`

const emitScheme = (name: string, where: string, scope: Scope): void => {
  const { contract, module } = scope
  const node = contract.specs.get(module.name)?.components?.securitySchemes?.[name]
  if (node === undefined) fail(where, `security scheme "${name}" is not declared`)
  const scheme = contract.resolve(node as OrReference<SecurityScheme>)
  module.add(`export const ${module.declare(schemeName(name), where)} = ${schemeCode(scheme, name, module.use("HttpApiSecurity"))}`)
}

const schemeCode = (scheme: SecurityScheme, name: string, library: string): string => {
  if (scheme.type === "http" && scheme.scheme === "bearer") return `${library}.bearer`
  if (scheme.type === "http" && scheme.scheme === "basic") return `${library}.basic`
  if (scheme.type === "http") return `${library}.http({ scheme: ${literal(scheme.scheme ?? "")} })`
  if (scheme.type === "apiKey") return `${library}.apiKey({ key: ${literal(scheme.name ?? "")}, in: ${literal(scheme.in ?? "")} })`
  return fail(name, `security type ${scheme.type} is not supported`)
}

/** It fails with 401 (who are you) and, when operations name scopes, 403 (you may not), and provides the Principal. */
const emitMiddleware = (
  { name, optional, schemes }: Alternative,
  guarded: ReadonlyArray<OperationPlan>,
  apiName: string,
  errors: ErrorClasses,
  scope: Scope,
): void => {
  const { module } = scope
  const declared = (status: string, plans: ReadonlyArray<OperationPlan>): ReadonlyArray<string> => {
    const names = plans.map((plan) => {
      const response: OrReference<Response> | undefined = plan.operation.responses[status]
      return response === undefined ? undefined : errors.schemaName(status, response, plan.where, scope)
    })
    const missing = names.findIndex((found, index) => found !== names[0] && index > 0)
    if (missing > 0) fail(plans[missing]!.where, `all operations guarded by ${name} must declare the same ${status} response`)
    return names[0] === undefined ? [] : [names[0]]
  }
  const unauthorized = declared("401", guarded)
  const forbidden = declared(
    "403",
    guarded.filter((plan) => scopesOf(plan.security).length > 0),
  )
  if (unauthorized.length === 0 && !optional) fail(guarded[0]!.where, "a secured operation must declare 401")
  const failures = [...unauthorized, ...forbidden]
  const error = failures.length === 0 ? "" : `error: ${oneOrList(failures)},\n`
  const security = schemes.map((scheme) => `${camelCase(scheme)}: ${schemeName(scheme)}`).join(", ")
  module.declare(name, guarded[0]!.where)
  module.add(
    `/** ${optional ? "Reads a credential when there is one" : "Demands a credential"} and provides the Principal behind it. */\n` +
      `export class ${name} extends ${module.use("HttpApiMiddleware")}.Service<${name}, { provides: ${module.use("Principal")} }>()` +
      `(${literal(`@footfall/contracts/${apiName}/${name}`)}, {\n${error}security: { ${security} }\n}) {}`,
  )
}
