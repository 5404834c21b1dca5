import { mkdtempSync, rmSync, statSync } from "node:fs"
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
