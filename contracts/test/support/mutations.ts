/** Pseudo-random numbers below 1 that are the same in every run (mulberry32). */
export const seeded = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}

type Json = any

/** Values at the edges of types, lengths, ranges, patterns and formats. */
const edges: ReadonlyArray<Json> = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  2,
  4.999,
  5,
  64,
  1e15,
  2 ** 31,
  -0,
  "",
  "x",
  " ",
  "\u0000",
  "a\u0000b",
  "a\u001fb",
  "🙂".repeat(50),
  "🙂".repeat(64),
  "a".repeat(12),
  "a".repeat(13),
  "🙂".repeat(100),
  "a".repeat(100),
  "a".repeat(101),
  "a".repeat(120),
  "a".repeat(121),
  "a".repeat(128),
  "a".repeat(129),
  "a".repeat(512),
  "a".repeat(513),
  "a".repeat(1024),
  "a".repeat(1025),
  "🙂".repeat(512),
  "🙂".repeat(513),
  "https://a.example/" + "b".repeat(4078),
  "https://a.example/" + "b".repeat(4079),
  "http://",
  "https://x",
  "ftp://x",
  "/relative",
  "a:b",
  "//host/p?q#f",
  "%zz",
  "http://[::1]/",
  "a b",
  "2026-01-01",
  "2026-02-29",
  "2024-02-29",
  "2100-02-29",
  "2026-13-01",
  "0000-02-29",
  "2026-01-01T00:00:00Z",
  "2026-01-01T00:00:00.123+05:30",
  "2026-02-30T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:00:00",
  "2026-01-01t00:00:00z",
  "0b1f7d6e-1111-4222-8333-444455556666",
  "0B1F7D6E111142228333444455556666",
  "someone@example.org",
  "someone@localhost",
  "a..b@example.org",
  "example.org",
  "example.org.",
  "-a.b",
  "a_b",
  "728291047",
  "0728",
  "1".repeat(15),
  "1".repeat(16),
  "AB",
  "ABCD",
  "12 BC",
  "pageview",
  "event",
  "person",
  "company",
  "day",
  "owner",
  "stats:read",
  [],
  [1],
  ["a", "a"],
  [[]],
  {},
  { a: {} },
  { a: 1, b: 2, c: 3, d: 4 },
  { A: 1 },
  { kind: "event" },
  { kind: "person", name: "n" },
  { kind: "map" },
]

/** A JSON value near `root`: one to three places replaced by an edge value, removed, renamed, doubled or swapped. */
export const mutate = (root: Json, random: () => number): Json => {
  const pick = <T>(values: ReadonlyArray<T>): T => values[Math.floor(random() * values.length)]!
  const holder = { root: structuredClone(root) }
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const places: Array<readonly [Json, string]> = [[holder, "root"]]
    const walk = (node: Json): void => {
      if (typeof node !== "object" || node === null) return
      for (const key of Object.keys(node)) {
        places.push([node, key])
        walk(node[key])
      }
    }
    walk(holder.root)
    const [parent, key] = pick(places.length > 1 ? places.slice(1) : places)
    change(parent, key, random() * 100, { edge: () => structuredClone(pick(edges)), place: () => structuredClone(pick(places)[0]) })
  }
  return JSON.parse(JSON.stringify(holder.root) ?? "null")
}

/** One change of one place: removed, something beside it, replaced by another part of the value, or by an edge value. */
const change = (parent: Json, key: string, dice: number, value: { readonly edge: () => Json; readonly place: () => Json }): void => {
  if (dice < 15 && Array.isArray(parent)) parent.splice(Number(key), 1)
  else if (dice < 15) delete parent[key]
  else if (dice < 25 && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]))
  else if (dice < 25) parent[`extra${Math.floor(dice * 7)}`] = value.edge()
  else if (dice < 35) parent[key] = value.place()
  else parent[key] = value.edge()
}
