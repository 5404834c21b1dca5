import type { SchemaAST } from "effect"

const unique = (words: ReadonlyArray<string>) => [...new Set(words)]

/** `a`, `a or b`, `a, b or c`. */
const alternatives = (words: ReadonlyArray<string>): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`

const members = (ast: SchemaAST.Union): ReadonlyArray<SchemaAST.AST> =>
  ast.types.flatMap((member) => (member._tag === "Union" ? members(member) : [member]))

/** The property that tells the variants of a union of objects apart, with its values. */
const discriminator = (variants: ReadonlyArray<SchemaAST.AST>) => {
  const literals = variants.map((variant) =>
    variant._tag === "Objects"
      ? variant.propertySignatures.flatMap(({ name, type }) =>
          type._tag === "Literal" ? [[name, JSON.stringify(type.literal)] as const] : [],
        )
      : [],
  )
  const name = literals[0]?.find(([candidate]) => literals.every((own) => own.some(([key]) => key === candidate)))?.[0]
  if (name === undefined || variants.length < 2) return undefined
  return { name: String(name), values: literals.flatMap((own) => own.filter(([key]) => key === name).map(([, value]) => value)) }
}

/** What a schema wants, in words for a person: `a string`, `"day" or "week"`, `an object whose kind is "a" or "b"`. */
export const describeExpected = (ast: SchemaAST.AST): string => {
  const expected = ast.checks?.[0]?.annotations?.expected
  switch (ast._tag) {
    case "String":
      return "a string"
    case "Number":
      return typeof expected === "string" ? expected : "a number"
    case "Boolean":
      return "true or false"
    case "Null":
      return "null"
    case "Literal":
      return JSON.stringify(ast.literal)
    case "Arrays":
      return "an array"
    case "Objects":
      return "an object"
    case "Suspend":
      return describeExpected(ast.thunk())
    case "Union": {
      const variants = members(ast)
      const tag = discriminator(variants)
      if (tag !== undefined) return `an object whose ${tag.name} is ${alternatives(tag.values)}`
      return alternatives(unique(variants.map(describeExpected)))
    }
    default:
      return typeof expected === "string" ? expected : "a valid value"
  }
}
