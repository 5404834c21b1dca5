import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { bundle, type Bundle } from "../scripts/bundle.ts"

const compressed = ({ code }: Bundle) => gzipSync(code, { level: 9 }).length
const inputs = ({ metafile }: Bundle) => Object.keys(metafile.inputs).toSorted()
const outside = ({ metafile }: Bundle) =>
  Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external }) => external)
    .map(({ path }) => path)

const tracker = ["after", "clicks", "navigation", "outbox", "spool", "tell", "tracker", "transport", "uuid"].map(
  (name) => `browser/${name}.ts`,
)

describe("what is shipped", () => {
  test("the script weighs at most 2.0 kB compressed and is the tracker alone", async () => {
    const script = await bundle("script")
    expect(compressed(script)).toBeLessThanOrEqual(2000)
    expect(inputs(script)).toEqual([...tracker, "browser/script.ts"].toSorted())
    expect(outside(script)).toEqual([])
  })

  test("the npm entry weighs at most 2.1 kB compressed and drags nothing along", async () => {
    const index = await bundle("index")
    expect(compressed(index)).toBeLessThanOrEqual(2100)
    expect(inputs(index)).toEqual([...tracker, "browser/index.ts"].toSorted())
    expect(outside(index)).toEqual([])
  })

  test("the API client weighs at most 1.5 kB compressed beside openapi-fetch, its only dependency", async () => {
    const api = await bundle("api")
    expect(compressed(api)).toBeLessThanOrEqual(1500)
    expect(inputs(api)).toEqual(["api/clients.ts", "api/index.ts", "api/problem.ts", "generated/metrics.ts"])
    expect(outside(api)).toEqual(["openapi-fetch"])
  })

  test("nothing in the script is evaluated from text, so that a strict policy can stand", async () => {
    const text = new TextDecoder().decode((await bundle("script")).code)
    expect(text).not.toMatch(/\beval\b|new Function|innerHTML|document\.cookie|\.style\b/)
  })
})
