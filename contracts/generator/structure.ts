import { createConfig, lintFromString } from "@redocly/openapi-core"
import { fail } from "./fault.ts"
import type { SpecDocument } from "./nodes.ts"

/** What makes a document an OpenAPI 3.1 document, and what makes references, paths and security agree. */
const rules = {
  struct: "error",
  "no-unresolved-refs": "error",
  "no-duplicated-tag-names": "error",
  "no-identical-paths": "error",
  "no-ambiguous-paths": "error",
  "no-path-trailing-slash": "error",
  "path-declaration-must-exist": "error",
  "operation-tag-defined": "error",
  "operation-operationId-unique": "error",
  "operation-parameters-unique": "error",
  "security-defined": "error",
  "spec-components-invalid-map-name": "error",
  "no-invalid-schema-examples": "error",
  "no-enum-type-mismatch": "error",
} as const

/** Fails unless a bundled document is a valid OpenAPI 3.1 document. */
export const checkStructure = async (name: string, document: SpecDocument): Promise<void> => {
  if (!document.openapi?.startsWith("3.1.")) fail(`${name}.yaml`, `expected OpenAPI 3.1, got ${String(document.openapi)}`)
  const config = await createConfig({ rules })
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: `${name}.json`, config })
  const sentences = problems.map((problem) => `${problem.location[0]?.pointer ?? ""}: ${problem.message}`)
  if (sentences.length > 0) fail(`${name}.yaml`, sentences.join("\n"))
}
