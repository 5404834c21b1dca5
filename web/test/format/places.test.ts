import { expect, test } from "vitest"
import { countryName, languageName } from "#lib/format/places.ts"

test("codes have names, and what is no code stays as it is", () => {
  expect(["DE", "US", "XK", "<b>", ""].map(countryName)).toEqual(["Germany", "United States", "Kosovo", "<b>", ""])
})

test("languages have names, and what is none stays as it is", () => {
  expect(["de", "fil", "zz", "<b>", ""].map(languageName)).toEqual(["German", "Filipino", "zz", "<b>", ""])
})
