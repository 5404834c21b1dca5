import { Ajv2020 } from "ajv/dist/2020.js"
import { fullFormats } from "ajv-formats/dist/formats.js"
import { fail } from "./fault.ts"
import type { Json, SpecDocument } from "./nodes.ts"
import { mapReferences } from "./references.ts"

/** What OpenAPI adds to JSON Schema without changing what is valid. */
const annotations = ["discriminator", "example", "xml", "externalDocs", "x-each", "x-expected", "x-metric"]

/** An ajv that knows the schemas of a bundled document as `#/$defs/Name`, strict about everything it is told. */
export const ajvFor = (document: SpecDocument): Ajv2020 => {
  const schemas = (document.components?.schemas ?? {}) as Json
  const definitions = mapReferences({ schemas }, (reference) => reference.replace("#/components/schemas/", "#/$defs/")) as {
    readonly schemas: Json
  }
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: false })
  ajv.addVocabulary(annotations)
  for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, format)
  ajv.addSchema({ $id: "contract", $defs: definitions.schemas })
  return ajv
}

/** Compiles every schema of a document, named or inline: structure checks do not look inside schemas. */
export const compileSchemas = (name: string, document: SpecDocument): void => {
  const ajv = ajvFor(document)
  const compile = (where: string, schema: Json) => {
    try {
      ajv.compile(schema as object)
    } catch (cause) {
      fail(where, cause instanceof Error ? cause.message : String(cause))
    }
  }
  for (const schema of Object.keys(document.components?.schemas ?? {}))
    compile(`${name}.yaml schema ${schema}`, { $ref: `contract#/$defs/${schema}` })
  const visit = (node: Json, where: string): void => {
    if (typeof node !== "object" || node === null) return
    for (const [key, child] of Object.entries(node)) {
      if (key === "schema") compile(where, rebase(child))
      else visit(child, `${where}/${key}`)
    }
  }
  visit(document.paths as unknown as Json, `${name}.yaml paths`)
  for (const kind of ["responses", "parameters", "headers", "requestBodies"] as const) {
    visit((document.components?.[kind] ?? {}) as Json, `${name}.yaml ${kind}`)
  }
}

const rebase = (schema: Json): Json => mapReferences(schema, (reference) => reference.replace("#/components/schemas/", "contract#/$defs/"))
