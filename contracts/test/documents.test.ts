import { lintFromString, loadConfig } from "@redocly/openapi-core"
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folder = here("../src/generated/openapi")
const documents = readdirSync(folder).filter((name) => name.endsWith(".json"))

describe("a served OpenAPI document", () => {
  it("is one of three", () => expect(documents).toEqual(["analytics.json", "ingest.json", "management.json"]))

  it.each(documents)("is without warnings: described operations, parameters and tags, a contact, valid examples (%s)", async (name) => {
    const config = await loadConfig({ configPath: here("../redocly.yaml") })
    const source = readFileSync(`${folder}/${name}`, "utf8")
    const problems = await lintFromString({ source, absoluteRef: `${folder}/${name}`, config })
    expect(problems.map(({ location, message, ruleId }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([])
  })
})
