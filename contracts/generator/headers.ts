import { literal } from "./naming.ts"
import type { Response } from "./nodes.ts"
import { fieldCode } from "./schema-objects.ts"
import type { Scope } from "./scope.ts"

/**
 * The headers that a response must carry, as fields. Null when there is none: optional headers alone are documentation,
 * a handler that sends one answers with an HttpServerResponse.
 */
export const responseHeaders = (response: Response, where: string, scope: Scope): ReadonlyArray<string> | null => {
  const headers = Object.entries(response.headers ?? {}).map(([name, node]) => [name, scope.contract.resolve(node)] as const)
  if (!headers.some(([, header]) => header.required === true)) return null
  return headers.map(
    ([name, header]) =>
      `${literal(name.toLowerCase())}: ${fieldCode(header.schema ?? true, header.required === true, `${where} header ${name}`, scope)}`,
  )
}
