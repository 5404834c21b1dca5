import { Result, Schema } from "effect"
import type { SchemaObject, SpecDocument } from "../../generator/nodes.ts"
import { ajvFor } from "../../generator/json-schema.ts"
import { mutate, seeded } from "./mutations.ts"

/** ajv as the contract's judge, with the formats that we narrow on purpose (see src/formats.ts). */
export const judge = (document: SpecDocument) => {
  const ajv = ajvFor(document)
  const ajvDateTime = ajv.formats["date-time"] as { readonly validate: (text: string) => boolean }
  ajv.addFormat("date-time", (text: string) => ajvDateTime.validate(text) && !/:60|\s/.test(text))
  ajv.addFormat("uuid", /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i)
  return (name: string) => ajv.compile({ $ref: `contract#/$defs/${name}` })
}

const isClosed = (document: SpecDocument, name: string) => {
  const schema = document.components?.schemas?.[name] as SchemaObject | undefined
  return schema?.additionalProperties === false
}

export interface Comparison {
  readonly document: SpecDocument
  readonly name: string
  readonly schema: Schema.Top
  readonly sample: unknown
  readonly inputs: number
}

/** How a generated schema and ajv judge mutations of a sample; the first few inputs on which they differ. */
export const compare = ({ document, inputs, name, sample, schema }: Comparison) => {
  const random = seeded([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
  const expected = judge(document)(name)
  const decode = Schema.decodeUnknownResult(
    schema as Schema.Codec<unknown>,
    isClosed(document, name) ? { onExcessProperty: "error" } : undefined,
  )
  const disagreements: Array<string> = []
  let accepted = 0
  for (let index = 0; index < inputs; index++) {
    const input = index === 0 ? sample : mutate(sample, random)
    const verdict = expected(input)
    if (verdict) accepted++
    const ours = Result.isSuccess(decode(input))
    if (ours === verdict) continue
    disagreements.push(
      `ajv ${verdict ? "accepts" : "refuses"}, we do not: ${JSON.stringify(input).slice(0, 400)} ${JSON.stringify(expected.errors?.[0] ?? "")}`,
    )
  }
  return { accepted, refused: inputs - accepted, disagreements: disagreements.slice(0, 5) }
}
