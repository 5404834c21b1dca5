import type { Contract } from "./contract.ts"
import { methods } from "./nodes.ts"
import type { Method, Operation, Parameter, RequestBody, SecurityRequirement, SpecDocument } from "./nodes.ts"

/** An operation with everything that stands elsewhere in the document: path, shared parameters, security. */
export interface OperationPlan {
  readonly id: string
  readonly tag: string
  readonly method: Method
  readonly path: string
  /** For messages: `POST /v1/events`. */
  readonly where: string
  readonly operation: Operation
  readonly parameters: ReadonlyArray<Parameter>
  readonly body: RequestBody | undefined
  readonly security: ReadonlyArray<SecurityRequirement>
}

/** The operations of a specification in the order of the document. */
export const planOperations = (contract: Contract, name: string, document: SpecDocument): ReadonlyArray<OperationPlan> =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      if (operation === undefined) return []
      return [
        {
          id: operation.operationId ?? "",
          tag: operation.tags?.[0] ?? "",
          method,
          path,
          where: `${name}.yaml ${method.toUpperCase()} ${path}`,
          operation,
          parameters: parametersOf(contract, item.parameters, operation.parameters),
          body: operation.requestBody === undefined ? undefined : contract.resolve(operation.requestBody),
          security: operation.security ?? document.security ?? [],
        },
      ]
    }),
  )

/** A parameter of the operation replaces the path's of the same name and place. */
const parametersOf = (contract: Contract, ...levels: ReadonlyArray<Operation["parameters"]>): ReadonlyArray<Parameter> => {
  const parameters = levels.flatMap((level) => level ?? []).map((node) => contract.resolve(node))
  return [...new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()]
}
