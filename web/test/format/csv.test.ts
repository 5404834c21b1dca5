import { expect, test } from "vitest"
import { toCsv } from "#lib/format/csv.ts"

test("what a spreadsheet would run as a formula is text, and numbers stay numbers", () => {
  expect(
    toCsv(
      ["Page", "Visitors"],
      [
        ["=1+1", -5],
        ["+49", 1],
        ["-x", 2],
        ["@sum", 3],
        ["\tx", 4],
        ["＝1+1", 5],
        [" =1+1", 6],
      ],
    ),
  ).toBe("\ufeffPage,Visitors\r\n'=1+1,-5\r\n'+49,1\r\n'-x,2\r\n'@sum,3\r\n\"'\tx\",4\r\n'＝1+1,5\r\n' =1+1,6\r\n")
})

test("commas, quotes and line ends stay inside their cell", () => {
  expect(toCsv(["a"], [['x,"y"\nz'], ["/plain"], ["x;=cmd"]])).toBe('\ufeffa\r\n"x,""y""\nz"\r\n/plain\r\n"x;=cmd"\r\n')
})

test("no cell turns the direction of what follows it, or hides a formula behind such a mark", () => {
  expect(
    toCsv(
      ["a", "b"],
      [
        ["\u202eabc", "x\u2067y"],
        ["\u202e=1+1", 1],
      ],
    ),
  ).toBe("\ufeffa,b\r\nabc,xy\r\n'=1+1,1\r\n")
})
