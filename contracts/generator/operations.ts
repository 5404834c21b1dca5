import { unknownPropertyPolicy } from "./closedness.ts"
import type { ErrorClasses } from "./errors.ts"
import { fail } from "./fault.ts"
import { responseHeaders } from "./headers.ts"
import { bodyCode } from "./media.ts"
import { block, literal, oneOrList } from "./naming.ts"
import { isReference } from "./nodes.ts"
import type { RequestBody, Response } from "./nodes.ts"
import { parameterSlots } from "./parameters.ts"
import type { OperationPlan } from "./plan.ts"
import { importer } from "./expression.ts"
import { schemaCode } from "./schemas.ts"
import type { Scope } from "./scope.ts"
import { middlewareOf, scopesOf } from "./security.ts"

/** An operation as an HttpApiEndpoint, in a statement of its own. */
export const emitOperation = (plan: OperationPlan, errors: ErrorClasses, scope: Scope): void => {
  const { use } = importer(scope)
  const { body, id, method, operation, parameters, path, where } = plan
  const raw = operation["x-raw-body"] === true
  const request = { ...scope, request: true }
  const slots = [...parameterSlots(parameters, where, request)]
  if (body !== undefined && raw) refuseInlineBody(body, where)
  if (body !== undefined && !raw) slots.push(`payload: ${payloadCode(body, where, request)}`)
  const responses = Object.entries(operation.responses)
  const successes = responses
    .filter(([status]) => Number(status) < 400)
    .flatMap(([status, node]) => successCodes(status, scope.contract.resolve(node), `${where} ${status}`, scope))
  const failures = responses
    .filter(([status]) => Number(status) > 400)
    .map(([status, node]) => errors.schemaName(status, node, `${where} ${status}`, scope))
  if (successes.length > 0) slots.push(`success: ${oneOrList(successes)}`)
  if (failures.length > 0) slots.push(`error: ${oneOrList(failures)}`)
  const endpoint = `${use("HttpApiEndpoint")}.${method}(${literal(id)}, ${literal(path.replaceAll(/\{([^}]+)\}/g, ":$1"))}, ${block(slots)})`
  const calls = [
    ...(body !== undefined && !raw ? [payloadPolicy(body, where, scope)] : []),
    ...guards(plan, scope),
    ...documentation(plan, scope),
  ]
  scope.module.add(`const ${scope.module.declare(id, where)} = ${endpoint}${calls.map((call) => `\n.${call}`).join("")}`)
}

/** The last middleware is the outermost: who you are is asked before what you sent. */
const guards = (plan: OperationPlan, scope: Scope): ReadonlyArray<string> => {
  const { use } = importer(scope)
  const security = middlewareOf(plan)
  const scopes = scopesOf(plan.security)
  return [
    ...(plan.operation.responses["400"] === undefined ? [] : [`middleware(RequestValidation)`]),
    ...(security === undefined ? [] : [`middleware(${security})`]),
    ...(scopes.length === 0 ? [] : [`annotate(${use("RequiredScopes")}, ${JSON.stringify(scopes)})`]),
  ]
}

const documentation = ({ id, operation }: OperationPlan, scope: Scope): ReadonlyArray<string> => {
  const { use } = importer(scope)
  const summary = operation.summary === undefined ? [] : [`annotate(${use("OpenApi")}.Summary, ${literal(operation.summary)})`]
  return [`annotate(${use("OpenApi")}.Identifier, ${literal(id)})`, ...summary]
}

const payloadCode = (body: RequestBody, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const bodies = Object.entries(body.content).map(([type, media]) => bodyCode(type, media, `${where} body`, scope))
  return oneOrList(body.required === true ? bodies : [`${use("HttpApiSchema")}.NoContent`, ...bodies])
}

const payloadPolicy = (body: RequestBody, where: string, scope: Scope): string => {
  const { use } = importer(scope)
  const policy = unknownPropertyPolicy(body, where, scope.contract)
  return `annotate(${use("HttpApi")}.PayloadParseOptions, { errors: "all", onExcessProperty: ${literal(policy)} })`
}

/** A handler that reads the body itself decodes with the component, so there has to be one. */
const refuseInlineBody = (body: RequestBody, where: string): void => {
  for (const [type, { schema }] of Object.entries(body.content)) {
    const node = typeof schema === "object" ? (schema.contentSchema ?? schema) : schema
    const isText = typeof node === "object" && node.type === "string" && node.contentSchema === undefined
    if (!isReference(node) && !isText) fail(where, `the ${type} body of an x-raw-body operation must be a component`)
  }
}

const successCodes = (status: string, response: Response, where: string, scope: Scope): ReadonlyArray<string> => {
  const { use } = importer(scope)
  const headers = responseHeaders(response, where, scope)
  const withHeaders = (code: string) => (headers === null ? code : `${use("HttpApiSchema")}.WithHeaders(${code}, ${block(headers)})`)
  if (response.content === undefined) return [withHeaders(`${use("HttpApiSchema")}.Empty(${status})`)]
  return Object.entries(response.content).map(([type, media]) => {
    const suffix = status === "200" ? "" : `.pipe(${use("HttpApiSchema")}.status(${status}))`
    if (type === "text/event-stream") {
      return withHeaders(`${use("HttpApiSchema")}.StreamSse({ data: ${schemaCode(media.schema, where, scope)} })${suffix}`)
    }
    if (type === "application/octet-stream") {
      return withHeaders(`${use("HttpApiSchema")}.StreamUint8Array({ contentType: ${literal(type)} })${suffix}`)
    }
    return withHeaders(`${bodyCode(type, media, where, scope)}${suffix}`)
  })
}
