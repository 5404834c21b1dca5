import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { generate } from "../../generator/generate.ts"
import type { SpecDocument } from "../../generator/nodes.ts"
import { loadSources } from "../../generator/sources.ts"

const packageFolder = join(import.meta.dirname, "../..")

/** The library fixture, generated into a folder of its own: its modules, its text, its bundled document. */
export const generateFixture = async () => {
  const files = await generate(loadSources(join(packageFolder, "test/fixtures")))
  // Inside the package, so that generated code finds effect and, one folder up, the runtime.
  mkdirSync(join(packageFolder, ".footfall"), { recursive: true })
  const folder = mkdtempSync(join(packageFolder, ".footfall/fixture-"))
  for (const [name, content] of files) {
    const path = join(folder, "generated", name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  for (const name of ["principal", "runtime"]) writeFileSync(join(folder, `${name}.ts`), `export * from "../../src/${name}.ts"\n`)
  const load = (name: string): Promise<any> => import(/* @vite-ignore */ pathToFileURL(join(folder, "generated", `${name}.ts`)).href)
  return {
    code: (name: string) => files.get(`${name}.ts`)!,
    document: JSON.parse(files.get("openapi/library.json")!) as SpecDocument,
    library: await load("library"),
    shared: await load("shared"),
    dispose: () => rmSync(folder, { recursive: true }),
  }
}
