import { execFile } from "node:child_process"
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

const packageFolder = join(import.meta.dirname, "..")
const run = (...parameters: ReadonlyArray<string>) =>
  promisify(execFile)(process.execPath, [join(packageFolder, "generator/cli.ts"), ...parameters]).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { readonly code: number; readonly stderr: string }) => ({ code, said: stderr }),
  )

describe("generate", () => {
  let folder = ""
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "contracts-"))
    cpSync(join(packageFolder, "test/fixtures"), join(folder, "openapi"), { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it("writes what --check then finds up to date", async () => {
    expect(await run("--check", folder)).toMatchObject({ code: 1, said: expect.stringContaining("Run: pnpm generate") })
    expect(await run(folder)).toMatchObject({ code: 0 })
    expect(await run("--check", folder)).toMatchObject({ code: 0, said: expect.stringContaining("up to date") })
  })

  it("--check names the file that is stale, missing or too many, and changes nothing", async () => {
    await run(folder)
    const generated = join(folder, "src/generated")
    appendFileSync(join(generated, "library.ts"), "// edited\n")
    unlinkSync(join(generated, "openapi/library.json"))
    writeFileSync(join(generated, "old.ts"), "")
    const { code, said } = await run("--check", folder)
    expect(code).toBe(1)
    for (const name of ["library.ts", "openapi/library.json", "old.ts"]) expect(said).toContain(name)
    expect(readFileSync(join(generated, "library.ts"), "utf8")).toContain("// edited")
  })

  it("says what is wrong with a specification, without a stack", async () => {
    appendFileSync(join(folder, "openapi/components/ids.yaml"), "  Broken: { $ref: '#/schemas/Nothing' }\n")
    const { code, said } = await run(folder)
    expect(code).toBe(1)
    expect(said).not.toContain("at ")
  })
})

it("the committed code is what the specifications ask for", async () => {
  expect(await run("--check")).toMatchObject({ code: 0 })
})
