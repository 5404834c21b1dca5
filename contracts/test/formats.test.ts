import { fullFormats } from "ajv-formats/dist/formats.js"
import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { format } from "../src/formats.ts"
import { seeded } from "./support/mutations.ts"

const seeds: Readonly<Record<keyof typeof format, ReadonlyArray<string>>> = {
  uuid: ["0b1f7d6e-1111-4222-8333-444455556666"],
  date: ["2026-01-31", "2024-02-29", "1900-02-29", "2000-02-29", "0000-02-29", "2026-04-31", "2026-12-31"],
  dateTime: ["2026-01-31T23:59:59Z", "2024-02-29t00:00:00.123456z", "2026-06-30T12:30:00+05:45", "2026-01-01T00:00:00-23:59"],
  hostname: ["example.org", "a-b.c", "xn--nxasmq6b.example", `${"a".repeat(63)}.org`],
  email: ["someone+tag@example.org", "a.b@c.d.e"],
  uri: ["https://user:pw@example.org:8080/a/b?c=d#e", "urn:isbn:1", "http://[2001:db8::1]/", "http://[::ffff:192.0.2.1]/x", "mailto:a@b.c"],
  uriReference: ["/a/b?c", "//host/p", "?q", "#f", "a/b", "", "https://example.org/%7Ea", "http://[v1.x]/"],
}
const ajvName = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) as keyof typeof fullFormats
const letters = [..."aZ09-_.:/?#[]@!$&'()*+,;=%~^ \\\"<>{}|T+é🙂\n"]

const altered = (text: string, random: () => number): string => {
  const at = Math.floor(random() * (text.length + 1))
  const letter = letters[Math.floor(random() * letters.length)]!
  const dice = random()
  return text.slice(0, at) + (dice < 0.3 ? "" : letter) + text.slice(dice < 0.6 ? at + 1 : at)
}

const ajvAccepts = (name: keyof typeof format, text: string): boolean => {
  const judge = fullFormats[ajvName(name)] as RegExp | ((text: string) => boolean) | { readonly validate: (text: string) => boolean }
  if (judge instanceof RegExp) return judge.test(text)
  return typeof judge === "function" ? judge(text) : judge.validate(text)
}

/** What we refuse on purpose although ajv-formats accepts it. */
const narrowed: Partial<Record<keyof typeof format, RegExp>> = {
  uuid: /^urn:/i,
  uriReference: /"/,
  dateTime: /\s|:\d\d:60|(z|[+-]\d\d(\d\d)?)$(?<!:\d\d|z)/i,
}

describe("a format accepts what ajv-formats accepts", () => {
  for (const [name, texts] of Object.entries(seeds) as ReadonlyArray<[keyof typeof format, ReadonlyArray<string>]>) {
    it(`${name}, 20,000 texts`, () => {
      const random = seeded(11)
      const accepts = Schema.is(Schema.String.check(format[name]))
      let accepted = 0
      for (let round = 0; round < 20_000; round++) {
        let text = texts[round % texts.length]!
        for (let times = Math.floor(random() * 4); times > 0; times--) text = altered(text, random)
        if (narrowed[name]?.test(text)) continue
        if (accepts(text)) accepted++
        expect([text, accepts(text)]).toEqual([text, ajvAccepts(name, text)])
      }
      expect(accepted).toBeGreaterThan(1000)
    })
  }
})

describe("what comes after may rely on a date-time", () => {
  const accepts = Schema.is(Schema.String.check(format.dateTime))

  it("every accepted one is a moment to Date.parse", () => {
    const random = seeded(5)
    for (let round = 0; round < 20_000; round++) {
      const text = altered(seeds.dateTime[round % seeds.dateTime.length]!, random)
      if (accepts(text)) expect([text, Number.isFinite(Date.parse(text))]).toEqual([text, true])
    }
  })

  it("leap seconds, blanks and times without a zone are refused", () => {
    expect(["2016-12-31T23:59:60Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00", "2026-01-01"].filter(accepts)).toEqual([])
  })
})
