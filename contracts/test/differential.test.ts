import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { CustomEvent } from "../src/generated/shared.ts"
import { maxLength } from "../src/runtime.ts"
import { compare } from "./support/agreement.ts"
import { samples } from "./support/samples.ts"

describe("the generated schemas accept exactly what the contract accepts", () => {
  for (const sample of samples) {
    it(`${sample.name}, 4,000 mutated values`, () => {
      const { accepted, disagreements, refused } = compare({ ...sample, inputs: 4000 })
      expect(disagreements).toEqual([])
      expect(Math.min(accepted, refused), "both verdicts must occur often enough to mean something").toBeGreaterThan(50)
    })
  }
})

it("a schema that is off by one does not go unnoticed", () => {
  const event = samples.find(({ name }) => name === "CustomEvent")!
  const schema = Schema.Struct({ ...CustomEvent.fields, name: Schema.String.check(maxLength(121)) })
  expect(compare({ ...event, schema, inputs: 4000 }).disagreements).not.toEqual([])
})
