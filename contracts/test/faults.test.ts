import { describe, expect, it } from "vitest"
import { generateSpecification } from "./support/specification.ts"
import type { Specification } from "./support/specification.ts"

const problem = (name: string) => `{ $ref: './components/problems.yaml#/responses/${name}' }`
const responses = (...lines: ReadonlyArray<string>) => `responses:\n${lines.map((line) => `  ${line}`).join("\n")}`
const done = "'204': { description: Done. }"
const operation = (...lines: ReadonlyArray<string>) => ["operationId: doThing", "tags: [things]", ...lines].join("\n")
const body = (schema: string) => `requestBody: { required: true, content: { application/json: { schema: ${schema} } } }`
const refusing = responses(
  done,
  `'400': ${problem("BadRequest")}`,
  `'413': ${problem("PayloadTooLarge")}`,
  `'415': ${problem("UnsupportedMediaType")}`,
)
const bearer = "{ key: { type: http, scheme: bearer } }"

describe("the generator refuses, with a sentence that says where and what", () => {
  const cases: Readonly<Record<string, readonly [specification: Specification, sentence: RegExp]>> = {
    "an operation without operationId": [{ operation: `tags: [things]\n${responses(done)}` }, /POST \/things: needs an operationId/],
    "an operation without a tag": [
      { operation: `operationId: doThing\n${responses(done)}` },
      /Operation tags should be defined|needs exactly one tag/,
    ],
    "a range of statuses": [
      { operation: operation(responses(done, "4XX: { description: Bad. }")) },
      /use explicit status codes|Property `4XX`/,
    ],
    "a default response": [{ operation: operation(responses(done, "default: { description: Bad. }")) }, /use explicit status codes/],
    "input without a declared 400": [{ operation: operation(body("{ type: string }"), responses(done)) }, /must declare 400/],
    "a body without declared refusals of it": [
      { operation: operation(body("{ type: string }"), responses(done, `'400': ${problem("BadRequest")}`)) },
      /must declare 413\n.*must declare 415/,
    ],
    "security without a declared 401": [
      { operation: operation("security: [{ key: [] }]", responses(done)), securitySchemes: bearer },
      /must declare 401/,
    ],
    "scopes without a declared 403": [
      { operation: operation("security: [{ key: ['a'] }]", responses(done, `'401': ${problem("Unauthorized")}`)), securitySchemes: bearer },
      /must declare 403/,
    ],
    "two security schemes at once": [
      {
        operation: operation("security: [{ key: [], other: [] }]", responses(done, `'401': ${problem("Unauthorized")}`)),
        securitySchemes: "{ key: { type: http, scheme: bearer }, other: { type: http, scheme: basic } }",
      },
      /several security schemes at once/,
    ],
    "an error that is not a problem": [
      {
        operation: operation(responses(done, "'404': { description: None., content: { application/json: { schema: { type: string } } } }")),
      },
      /response 404 must have exactly one body, application\/problem\+json/,
    ],
    "one error response under two statuses": [
      { operation: operation(responses(done, `'404': ${problem("NotFound")}`, `'410': ${problem("NotFound")}`)) },
      /the name NotFound is taken/,
    ],
    "two error responses of one status and schema": [
      {
        operation: operation(responses(done, `'404': ${problem("NotFound")}`)),
        other: `operationId: other\ntags: [things]\n${responses(done, `'404': ${problem("Unauthorized")}`)}`,
      },
      /PUT \/things 404: has the same status and schema as components\/problems\.yaml#\/responses\/NotFound/,
    ],
    "an operationId used twice": [{ other: operation(responses(done)), operation: operation(responses(done)) }, /doThing|operationId/],
    "an undeclared path parameter": [{ path: "/things/{id}" }, /\{id\} is not declared|The operation does not define the path parameter/],
    "an unknown keyword": [{ schemas: "Thing: { type: string, maximumLength: 3 }" }, /maximumLength/],
    "a wrong type of keyword": [{ schemas: "Thing: { type: string, minLength: one }" }, /minLength|integer/],
    "an unknown format": [{ schemas: "Thing: { type: string, format: colour }" }, /colour/],
    "a pattern that is no expression": [{ schemas: "Thing: { type: string, pattern: '(' }" }, /pattern|regular expression/i],
    "a pattern that nobody put into words": [{ schemas: "Thing: { type: string, pattern: '^a$' }" }, /Thing: a pattern needs x-expected/],
    "words without a pattern": [{ schemas: "Thing: { type: string, x-expected: some a }" }, /Thing: x-expected says what a pattern/],
    "a schema without a type": [{ schemas: "Thing: { minLength: 3 }" }, /type/],
    "a property that is required but unknown": [
      { schemas: "Thing: { type: object, required: [b], properties: { a: { type: string } } }" },
      /"b" is required/,
    ],
    "typed extras beside properties": [
      { schemas: "Thing: { type: object, properties: { a: { type: string } }, additionalProperties: { type: number } }" },
      /typed additionalProperties beside properties/,
    ],
    "counting the properties of an object whose extras are stripped": [
      { schemas: "Thing: { type: object, minProperties: 1, properties: { a: { type: string } } }" },
      /need additionalProperties to be true or false/,
    ],
    "a discriminator that a variant does not require": [
      {
        schemas: `
Thing: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: kind } }
A: { type: object, required: [kind], properties: { kind: { const: a } } }
B: { type: object, properties: { kind: { const: b } } }`,
      },
      /must be a required const in every variant/,
    ],
    "a discriminator that maps to another value": [
      {
        schemas: `
Thing:
  oneOf: [{ $ref: '#/components/schemas/A' }]
  discriminator: { propertyName: kind, mapping: { b: '#/components/schemas/A' } }
A: { type: object, required: [kind], properties: { kind: { const: a } } }`,
      },
      /says "b" where the variant says "a"/,
    ],
    "a parameter style": [
      {
        operation: operation(
          "parameters: [{ name: a, in: query, style: deepObject, schema: { type: object } }]",
          responses(done, `'400': ${problem("BadRequest")}`),
        ),
      },
      /style "deepObject" is not supported/,
    ],
    "a body that mixes open and closed objects": [
      {
        operation: operation(body("{ $ref: '#/components/schemas/Thing' }"), refusing),
        schemas: `Thing: { type: object, additionalProperties: false, properties: { a: { type: object, properties: { b: { type: string } } } } }`,
      },
      /mixes objects that refuse unknown properties/,
    ],
    "x-each over inline items": [{ schemas: "Thing: { type: array, x-each: true, items: { type: string } }" }, /must be a component/],
    "an inline body that the handler reads itself": [
      { operation: operation("x-raw-body: true", body("{ type: object }"), refusing) },
      /must be a component/,
    ],
    "a reference to nothing": [{ schemas: "Thing: { $ref: '#/components/schemas/Nothing' }" }, /nothing is there/],
    "a reference out of the folder": [{ schemas: "Thing: { $ref: '../secret.yaml#/schemas/A' }" }, /leaves the openapi folder/],
    "a name that a shared file has too": [{ schemas: "Problem: { type: string }" }, /the name is taken by components\/problems\.yaml/],
    "two shared files with one name": [
      { files: { "components/more.yaml": "schemas: { Problem: { type: string } }" } },
      /the name is taken by components\/problems\.yaml/,
    ],
    "a name that generated code imports": [{ schemas: "Schema: { type: string }" }, /the name Schema is taken/],
    "duplicate keys": [{ files: { "components/more.yaml": "schemas: {}\nschemas: {}" } }, /components\/more\.yaml: .*unique/],
  }
  for (const [name, [specification, sentence]] of Object.entries(cases)) {
    it(name, async () => {
      await expect(generateSpecification(specification)).rejects.toThrow(sentence)
    })
  }
})
