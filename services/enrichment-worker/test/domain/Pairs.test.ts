import { describe, expect, it } from "vitest"
import { MOST_CHARACTERS, MOST_PAIRS, Pairs } from "../../src/domain/Pairs.ts"

const pairsOf = (list: ReadonlyArray<readonly [path: string, name: string]>) => {
  const pairs = Pairs.empty()
  for (const [path, name] of list) pairs.add(path, name)
  return pairs
}

const listOf = ({ pages, names }: Pairs) => pages.map((page, place) => [page, names[place]])

describe("what a session is about", () => {
  it("is each pair of path and name once, in the order of their text, however they come", () => {
    const list = [
      ["/b", ""],
      ["/a", "buy"],
      ["/b", "buy"],
      ["/a", ""],
      ["/b", ""],
    ] as const
    const expected = [
      ["/a", ""],
      ["/a", "buy"],
      ["/b", ""],
      ["/b", "buy"],
    ]
    expect(listOf(pairsOf(list))).toEqual(expected)
    expect(listOf(pairsOf(list.toReversed()))).toEqual(expected)
  })

  it("is the same from lists as they were kept, which stay as they are, and from the unordered ones of releases before", () => {
    const [pages, names] = [
      ["/a", "/b"],
      ["", ""],
    ]
    const pairs = Pairs.of(pages, names)
    pairs.add("/aa", "")
    expect(listOf(pairs)).toEqual([
      ["/a", ""],
      ["/aa", ""],
      ["/b", ""],
    ])
    expect(pages).toEqual(["/a", "/b"])
    expect(listOf(Pairs.of(["/b", "/a", "/b"], ["", "", "x"]))).toEqual([
      ["/a", ""],
      ["/b", ""],
      ["/b", "x"],
    ])
  })

  it("takes a thousand pairs, and no new one after that", () => {
    const full = pairsOf(Array.from({ length: MOST_PAIRS }, (_, n) => [`/${n}`, ""] as const))
    expect(full.hasRoom("/new", "")).toBe(false)
    expect(full.hasRoom("/7", "")).toBe(true)
    expect(full.hasRoom("/7", "buy")).toBe(false)
  })

  it("takes so many characters, paths and names together", () => {
    const nearly = pairsOf([["/".repeat(MOST_CHARACTERS - 10), ""]])
    expect(nearly.hasRoom("/2345", "12345")).toBe(true)
    expect(nearly.hasRoom("/2345", "123456")).toBe(false)
  })

  it("has room for another session's for sure only when all of them may be new", () => {
    const half = pairsOf(Array.from({ length: MOST_PAIRS / 2 }, (_, n) => [`/${n}`, ""] as const))
    const less = pairsOf(Array.from({ length: MOST_PAIRS / 2 - 1 }, (_, n) => [`/${n}`, ""] as const))
    expect(half.surelyHasRoomFor(less, "/", "")).toBe(true)
    expect(half.surelyHasRoomFor(half, "/", "")).toBe(false)
  })
})
