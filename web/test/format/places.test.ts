import { expect, test } from "vitest"
import { countryName } from "#lib/format/places.ts"

test("codes have names, and what is no code stays as it is", () => {
  expect(["DE", "US", "XK", "<b>", ""].map(countryName)).toEqual(["Germany", "United States", "Kosovo", "<b>", ""])
})
