import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseDocument } from "yaml"
import { fail } from "./fault.ts"
import type { Json } from "./nodes.ts"
import { absoluteReference, mapReferences } from "./references.ts"

/** The YAML files of an openapi folder by their path in it; every reference in them is absolute. */
export type Sources = ReadonlyMap<string, Json>

/** Reads text by file path; duplicate keys and malformed YAML are faults. */
export const parseSources = (texts: ReadonlyMap<string, string>): Sources =>
  new Map(
    [...texts].map(([file, text]) => {
      const document = parseDocument(text, { uniqueKeys: true })
      const [problem] = [...document.errors, ...document.warnings]
      if (problem !== undefined) fail(file, problem.message)
      return [file, mapReferences(document.toJS() as Json, (reference) => absoluteReference(file, reference))]
    }),
  )

const yamlFilesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()

/** Loads the specifications (`*.yaml`) and the components they share (`components/*.yaml`). */
export const loadSources = (folder: string): Sources => {
  const files = [...yamlFilesIn(folder), ...yamlFilesIn(join(folder, "components")).map((name) => `components/${name}`)]
  return parseSources(new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")])))
}
