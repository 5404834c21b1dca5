import { generate } from "../../generator/generate.ts"
import { parseSources } from "../../generator/sources.ts"

const problems = `
schemas:
  Problem:
    type: object
    required: [type, title, status]
    properties: { type: { type: string }, title: { type: string }, status: { type: integer }, detail: { type: string } }
responses:
  BadRequest: { description: Bad., content: { application/problem+json: { schema: { $ref: '#/schemas/Problem' } } } }
  Unauthorized: { description: Who., content: { application/problem+json: { schema: { $ref: '#/schemas/Problem' } } } }
  NotFound: { description: None., content: { application/problem+json: { schema: { $ref: '#/schemas/Problem' } } } }
  PayloadTooLarge: { description: Too much., content: { application/problem+json: { schema: { $ref: '#/schemas/Problem' } } } }
  UnsupportedMediaType: { description: Other., content: { application/problem+json: { schema: { $ref: '#/schemas/Problem' } } } }
`

const indent = (text: string, columns: number) => text.trim().replaceAll(/^/gm, " ".repeat(columns))

/** The parts of a small specification: everything after the two colons is YAML. */
export interface Specification {
  readonly operation?: string
  /** A second operation, under PUT of the same path. */
  readonly other?: string
  readonly path?: string
  readonly schemas?: string
  readonly securitySchemes?: string
  readonly files?: Readonly<Record<string, string>>
}

const ok = `
operationId: getThing
tags: [things]
responses: { '204': { description: Done. } }
`

const specificationText = ({ operation = ok, other, path = "/things", schemas, securitySchemes }: Specification) => `
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
tags: [{ name: things }]
security: []
paths:
  ${path}:
    post:
${indent(operation, 6)}
${other === undefined ? "" : `    put:\n${indent(other, 6)}`}
components:
  securitySchemes: ${securitySchemes ?? "{}"}
  schemas:
${schemas === undefined ? "    Thing: { type: string }" : indent(schemas, 4)}
`

/** Generates one specification beside a file of problems; fails as the generator fails. */
export const generateSpecification = async (specification: Specification): Promise<ReadonlyMap<string, string>> =>
  generate(
    parseSources(
      new Map(
        Object.entries({ "things.yaml": specificationText(specification), "components/problems.yaml": problems, ...specification.files }),
      ),
    ),
  )

/** The statement that a schema component becomes, without its annotation. */
export const statementFor = async (schema: string, others = ""): Promise<string> => {
  const code = (await generateSpecification({ schemas: `Thing: ${schema}\n${others}` })).get("things.ts")!
  const start = code.indexOf("export const Thing")
  const text = code.slice(code.indexOf("=", start) + 2, code.indexOf("export type Thing", start))
  return text
    .replaceAll(/\s+/g, " ")
    .replace(/ ?\.annotate\(.*$/, "")
    .trim()
}
