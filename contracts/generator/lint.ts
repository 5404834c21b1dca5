import type { Contract } from "./contract.ts"
import { problemType } from "./errors.ts"
import { ContractFault } from "./fault.ts"
import type { SpecDocument } from "./nodes.ts"
import { planOperations } from "./plan.ts"
import type { OperationPlan } from "./plan.ts"
import { scopesOf } from "./security.ts"

/** The rules that every operation keeps, all breaches at once. Empty when the specification is fine. */
export const lintSpec = (contract: Contract, name: string, document: SpecDocument): ReadonlyArray<ContractFault> => {
  const plans = planOperations(contract, name, document)
  const ids = plans.map(({ id }) => id)
  return plans.flatMap((plan) => {
    const sentences = [...identity(plan, ids), ...path(plan), ...statuses(plan), ...problems(plan, contract), ...security(plan)]
    return sentences.map((sentence) => new ContractFault(plan.where, sentence))
  })
}

const identity = ({ id, operation, tag }: OperationPlan, ids: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...(/^[a-z][A-Za-z0-9]*$/.test(id) ? [] : ["needs an operationId in camelCase"]),
  ...(ids.filter((other) => other === id).length > 1 ? [`the operationId ${id} is used twice`] : []),
  ...(tag !== "" && operation.tags?.length === 1 ? [] : ["needs exactly one tag, the group of its handler"]),
]

const path = ({ parameters, path: template }: OperationPlan): ReadonlyArray<string> => {
  const named = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!)
  const declared = parameters.filter((parameter) => parameter.in === "path")
  return [
    ...named
      .filter((name) => !declared.some((parameter) => parameter.name === name))
      .map((name) => `{${name}} is not declared as a parameter`),
    ...declared.filter(({ name }) => !named.includes(name)).map(({ name }) => `the path has no {${name}}`),
    ...declared.filter(({ required }) => required !== true).map(({ name }) => `the path parameter ${name} must be required`),
  ]
}

const statuses = ({ body, operation, parameters }: OperationPlan): ReadonlyArray<string> => {
  const declared = Object.keys(operation.responses)
  const takesInput = body !== undefined || parameters.length > 0
  return [
    ...declared.filter((status) => !/^[1-5]\d\d$/.test(status)).map((status) => `response "${status}": use explicit status codes`),
    ...(declared.some((status) => status < "400") ? [] : ["declares no success"]),
    ...(takesInput && !declared.includes("400") ? ["takes input, so it must declare 400"] : []),
    ...(body === undefined
      ? []
      : ["413", "415"].filter((status) => !declared.includes(status)).map((status) => `takes a body, so it must declare ${status}`)),
    ...(operation["x-raw-body"] === true && body === undefined ? ["x-raw-body needs a requestBody"] : []),
  ]
}

const problems = ({ operation }: OperationPlan, contract: Contract): ReadonlyArray<string> =>
  Object.entries(operation.responses)
    .filter(([status]) => status >= "400")
    .filter(([, node]) => {
      const types = Object.entries(contract.resolve(node).content ?? {})
      return types.length !== 1 || types[0]![0] !== problemType || types[0]![1].schema === undefined
    })
    .map(([status]) => `response ${status} must have exactly one body, ${problemType}, with a schema`)

const security = ({ operation, security: requirements }: OperationPlan): ReadonlyArray<string> => {
  const secured = requirements.length > 0 && requirements.every((requirement) => Object.keys(requirement).length > 0)
  const scopes = requirements.flatMap((requirement) => Object.values(requirement)).map((names) => names.toSorted().join(" "))
  return [
    ...(new Set(scopes).size > 1 ? ["all its security schemes must ask for the same scopes"] : []),
    ...(secured && operation.responses["401"] === undefined ? ["is secured, so it must declare 401"] : []),
    ...(scopesOf(requirements).length > 0 && operation.responses["403"] === undefined ? ["asks for scopes, so it must declare 403"] : []),
  ]
}
