import { STATUS_CODES } from "node:http"
import { fail } from "./fault.ts"
import { responseHeaders } from "./headers.ts"
import type { Module } from "./module.ts"
import { block, literal, pascalCase } from "./naming.ts"
import { isReference } from "./nodes.ts"
import type { OrReference, Response, SchemaObject } from "./nodes.ts"
import { flattenAllOf, propertyFields } from "./schema-objects.ts"
import type { Scope } from "./scope.ts"

export const problemType = "application/problem+json"

interface ErrorClass {
  readonly status: string
  /** Which body it has: two classes of one status and body could not be told apart when encoding. */
  readonly body: string
  readonly identity: string
  readonly home: string
  readonly name: string
}

/** The error classes of all modules. Those of shared responses are declared once, in the shared module. */
export class ErrorClasses {
  readonly #modules: ReadonlyMap<string, Module>
  readonly #classes: Array<ErrorClass> = []

  constructor(modules: ReadonlyMap<string, Module>) {
    this.#modules = modules
  }

  /** The name of the schema to put into an endpoint's or middleware's `error`. */
  schemaName(status: string, node: OrReference<Response>, where: string, scope: Scope): string {
    const { name, home } = this.#find(status, node, where, scope)
    return scope.module.refer(home, `${name}Response`)
  }

  #find(status: string, node: OrReference<Response>, where: string, scope: Scope): ErrorClass {
    const component = isReference(node) ? scope.contract.component(node.$ref) : undefined
    const response = scope.contract.resolve(node)
    const home = component?.home ?? scope.module.name
    const identity = component?.reference ?? JSON.stringify({ ...response, description: "" })
    const body = JSON.stringify(response.content?.[problemType]?.schema)
    const rival = this.#classes.find(
      (known) => known.status === status && known.body === body && (known.home === home || known.home === "shared" || home === "shared"),
    )
    if (rival?.identity === identity) return rival
    if (rival !== undefined)
      fail(where, `has the same status and schema as ${rival.identity}, so clients could not tell them apart; use that one`)
    const found = { status, body, identity, home, name: pascalCase(component?.name ?? STATUS_CODES[status] ?? `Error ${status}`) }
    this.#classes.push(found)
    emitError(found, response, where, { ...scope, module: this.#modules.get(home)!, request: false })
    return found
  }
}

const emitError = ({ name, status }: ErrorClass, response: Response, where: string, scope: Scope): void => {
  const { contract, module } = scope
  const problem = flattenAllOf(contract.schema(response.content![problemType]!.schema!), where, contract)
  const headers = responseHeaders(response, where, scope)
  const fields = problemFields(problem, status, where, scope)
  const Schema = module.use("Schema")
  const http = module.use("HttpApiSchema")
  const asProblem = `${http}.status(${status}), ${http}.asJson({ contentType: ${literal(problemType)} })`
  module.declare(name, where)
  module.declare(`${name}Response`, where)
  const classCode = (classFields: string) =>
    `/** ${status}: ${response.description} */\n` +
    `export class ${name} extends ${Schema}.Error<${name}>(${literal(name)})(${classFields}, { httpApiStatus: ${status} }) {\n` +
    `  readonly _tag = ${literal(name)}\n}`
  if (headers === null) {
    module.add(classCode(block(fields)), `export const ${name}Response = ${name}.pipe(${asProblem})`)
    return
  }
  module.declare(`${name}Body`, where)
  module.declare(`${name}Headers`, where)
  module.add(
    `const ${name}Headers = ${block(headers)}`,
    `const ${name}Body = ${Schema}.Struct(${block(fields)})`,
    classCode(block([`...${name}Body.fields`, `headers: ${Schema}.Struct(${name}Headers)`])),
    `export const ${name}Response = ${name}.pipe(${http}.encodeToWithHeaders({\nbody: ${name}Body.pipe(${asProblem}),\nheaders: ${name}Headers\n}, {\n` +
      `decode: ({ body, headers }) => new ${name}({ ...body, headers }),\nencode: ({ headers, ...body }) => ({ body, headers })\n}))`,
  )
}

/** Type, title and status follow from the status (RFC 9457, about:blank), so that `new NotFound({ detail })` is enough. */
const problemFields = (problem: SchemaObject, status: string, where: string, scope: Scope): ReadonlyArray<string> => {
  const { type, title, status: statusField, ...rest } = problem.properties ?? {}
  const withDefault = (name: string, value: string) => {
    const code = `${scope.module.use("Schema")}.String`
    return `${name}: ${code}.pipe(${scope.module.use("Schema")}.withConstructorDefault(${scope.module.use("Effect")}.succeed(${literal(value)})))`
  }
  if (type === undefined || title === undefined || statusField === undefined)
    fail(where, "a problem has the properties type, title and status (RFC 9457)")
  const others = (problem.required ?? []).filter((name) => name in rest)
  return [
    withDefault("type", "about:blank"),
    withDefault("title", STATUS_CODES[status] ?? "Error"),
    `status: ${scope.module.use("Schema")}.tag(${status})`,
    ...propertyFields({ ...problem, properties: rest, required: others }, where, scope),
  ]
}
