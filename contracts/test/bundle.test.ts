import { describe, expect, it } from "vitest"
import { generateSpecification } from "./support/specification.ts"

const thing = `
Problem: { $ref: './components/problems.yaml#/schemas/Problem' }
Thing:
  type: object
  properties:
    problem: { $ref: '#/components/schemas/Problem' }
    colour: { $ref: './components/colours.yaml#/schemas/Colour' }
    default: { $ref: './components/colours.yaml#/schemas/Mix' }
    $ref: { type: string }`

const colours = `
schemas:
  Colour: { type: string, enum: [red, green] }
  Mix:
    oneOf: [{ $ref: '#/schemas/Plain' }, { $ref: '#/schemas/Striped' }]
    discriminator: { propertyName: kind, mapping: { plain: '#/schemas/Plain', striped: '#/schemas/Striped' } }
  Plain: { type: object, required: [kind], properties: { kind: { const: plain }, colour: { $ref: 'colours.yaml#/schemas/Colour' } } }
  Striped: { type: object, required: [kind], properties: { kind: { const: striped } } }
`

const generated = () => generateSpecification({ schemas: thing, files: { "components/colours.yaml": colours } })

describe("references across files", () => {
  it("a shared component is declared once, in shared.ts, and imported where it is used", async () => {
    const files = await generated()
    expect(files.get("shared.ts")).toContain("export const Problem = ")
    expect(files.get("things.ts")).not.toContain("export const Problem = ")
    expect(files.get("things.ts")).toContain('import { Colour, Mix, Problem } from "./shared.ts"')
  })

  it("the bundled document stands alone: no reference leaves it, mappings included", async () => {
    const text = (await generated()).get("openapi/things.json")!
    const document = JSON.parse(text)
    const references = [...text.matchAll(/"([^"]*#\/[^"]*)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(6)
    for (const reference of references) {
      const [, components, kind, name] = reference.split("/")
      expect([reference, document[components!]?.[kind!]?.[name!]]).toEqual([reference, expect.any(Object)])
    }
    expect(document.components.schemas.Mix.discriminator.mapping.plain).toBe("#/components/schemas/Plain")
  })

  it("an alias of a shared component is replaced by what it stands for", async () => {
    const document = JSON.parse((await generated()).get("openapi/things.json")!)
    expect(document.components.schemas.Problem.required).toEqual(["type", "title", "status"])
  })

  it("a property may be called default or $ref", async () => {
    const code = (await generated()).get("things.ts")!
    expect(code).toContain("default: Schema.optionalKey(Mix)")
    expect(code).toContain("$ref: Schema.optionalKey(Schema.String)")
  })

  it("the same sources give the same bytes", async () => {
    expect([...(await generated())]).toEqual([...(await generated())])
  })
})
