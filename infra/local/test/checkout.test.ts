import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { expect, it } from "vitest"
import { root, stateFolder } from "../src/checkout.ts"

it("a relative FOOTFALL_DATA is below the checkout, wherever we are called from", () => {
  const folder = mkdtempSync(join(tmpdir(), "footfall-state-"))
  expect(stateFolder({ FOOTFALL_DATA: relative(root, folder) })).toBe(folder)
  expect(statSync(join(folder, "logs")).isDirectory()).toBe(true)
  rmSync(folder, { recursive: true })
})

it("a data folder that cannot be made is told with what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "footfall-state-"))
  const file = join(folder, "file")
  writeFileSync(file, "")
  expect(() => stateFolder({ FOOTFALL_DATA: join(file, "data") })).toThrow(
    `Footfall cannot write to ${join(file, "data")}. Make it writable, or name another folder in FOOTFALL_DATA.`,
  )
  rmSync(folder, { recursive: true })
})
