import { describe, expect, it } from "vitest"
import { generateSpecification, statementFor } from "./support/specification.ts"

describe("a schema becomes the Effect Schema that means the same", () => {
  const cases: ReadonlyArray<readonly [schema: string, code: string]> = [
    ["{ type: string }", "Schema.String"],
    ["{ type: boolean }", "Schema.Boolean"],
    ["{ type: number }", "Schema.Finite"],
    ["{ type: integer, minimum: 0 }", "Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))"],
    ["{ type: integer, minimum: 1, maximum: 9 }", "Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 9 }))"],
    [
      "{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.5 }",
      "Schema.Finite.check(Schema.isGreaterThan(0), Schema.isLessThan(1), Schema.isMultipleOf(0.5))",
    ],
    ["{ type: string, minLength: 1, maxLength: 5 }", "Schema.String.check(minLength(1), maxLength(5))"],
    ["{ type: string, pattern: '^a+$', x-expected: some a's, examples: [aa] }", `Schema.String.check(pattern("^a+$", "some a's"))`],
    ["{ type: string, format: date-time }", "Schema.String.check(format.dateTime)"],
    ["{ const: 3 }", "Schema.Literal(3)"],
    ["{ type: string, const: a }", `Schema.Literal("a")`],
    ["{ type: string, enum: [a, b] }", `Schema.Literals(["a", "b"])`],
    ["{ enum: [a, null] }", `Schema.NullOr(Schema.Literals(["a"]))`],
    ["{ type: [string, 'null'], maxLength: 3 }", "Schema.NullOr(Schema.String.check(maxLength(3)))"],
    ["{ type: [string, integer] }", "Schema.Union([Schema.String, Schema.Int])"],
    ["{ type: array, items: { type: string } }", "Schema.Array(Schema.String)"],
    [
      "{ type: array, items: { type: integer }, minItems: 1, maxItems: 3, uniqueItems: true }",
      "Schema.Array(Schema.Int).check(minItems(1), maxItems(3), Schema.isUnique())",
    ],
    ["{ type: object, additionalProperties: { type: number } }", "Schema.Record(Schema.String, Schema.Finite)"],
    ["{ type: object }", "Schema.Record(Schema.String, json)"],
    ["{}", "json"],
    ["{ oneOf: [{ type: string }, { type: 'null' }] }", "Schema.NullOr(Schema.String)"],
    ["{ oneOf: [{ type: string }, { type: number }] }", "Schema.Union([Schema.String, Schema.Finite])"],
    ["{ oneOf: [{ type: integer }, { type: number }] }", `Schema.Union([Schema.Int, Schema.Finite], { mode: "oneOf" })`],
    ["{ anyOf: [{ type: integer }, { type: number }] }", "Schema.Union([Schema.Int, Schema.Finite])"],
    [
      "{ type: object, required: [a], properties: { a: { type: string }, b: { type: integer } } }",
      "Schema.Struct({ a: Schema.String, b: Schema.optionalKey(Schema.Int) })",
    ],
    [
      "{ type: object, properties: { a: { type: string } }, additionalProperties: true }",
      "Schema.StructWithRest( Schema.Struct({ a: Schema.optionalKey(Schema.String) }), [Schema.Record(Schema.String, json)] )",
    ],
    [
      "{ type: object, additionalProperties: { type: string }, minProperties: 1, maxProperties: 2, propertyNames: { maxLength: 2 } }",
      "Schema.Record(Schema.String, Schema.String) .check(Schema.isMinProperties(1), Schema.isMaxProperties(2), Schema.isPropertyNames(Schema.String.check(maxLength(2))))",
    ],
    ["{ type: string, contentMediaType: application/json, contentSchema: { type: integer } }", "Schema.fromJsonString(Schema.Int)"],
  ]
  for (const [schema, code] of cases) {
    it(schema, async () => {
      // Layout is the formatter's: white space and commas before a closing bracket mean nothing.
      const compact = (text: string) => text.replaceAll(/\s/g, "").replaceAll(/,([\]})])/g, "$1")
      expect(compact(await statementFor(schema))).toBe(compact(code))
    })
  }

  it("an x-each array lets every item through and keeps its bounds", async () => {
    const statement = await statementFor(
      "{ type: array, maxItems: 3, x-each: true, items: { $ref: '#/components/schemas/Item' } }",
      "Item: { type: string }",
    )
    expect(statement).toBe("Schema.Array(Schema.Unknown).check(maxItems(3))")
  })

  it("a component stands before the one that needs it", async () => {
    const code = (
      await generateSpecification({ schemas: "A: { type: array, items: { $ref: '#/components/schemas/B' } }\nB: { type: string }" })
    ).get("things.ts")!
    expect(code.indexOf("const B")).toBeLessThan(code.indexOf("const A"))
  })

  it("a default is filled in for requests and left alone in answers", async () => {
    const schemas = "Thing: { type: object, properties: { size: { type: integer, default: 3 } } }"
    const body = "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }"
    const operation = `
operationId: createThing
tags: [things]
${body}
responses:
  '204': { description: Done. }
  '400': { $ref: './components/problems.yaml#/responses/BadRequest' }
  '413': { $ref: './components/problems.yaml#/responses/PayloadTooLarge' }
  '415': { $ref: './components/problems.yaml#/responses/UnsupportedMediaType' }`
    expect((await generateSpecification({ schemas })).get("things.ts")).toContain("size: Schema.optionalKey(Schema.Int)")
    expect((await generateSpecification({ schemas, operation })).get("things.ts")).toContain(
      "size: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(3 as const)))",
    )
  })
})
