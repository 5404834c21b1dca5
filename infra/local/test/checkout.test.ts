import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
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

it("nobody else may look into the data folder or its logs, and a folder that somebody made keeps its rights", () => {
  const above = mkdtempSync(join(tmpdir(), "footfall-state-"))
  const mode = (...path: ReadonlyArray<string>) => statSync(join(above, ...path)).mode & 0o777
  stateFolder({ FOOTFALL_DATA: join(above, "new") })
  expect([mode("new") & 0o066, mode("new", "logs")]).toEqual([0, 0o700])

  mkdirSync(join(above, "theirs", "logs"), { recursive: true })
  for (const folder of ["theirs", "theirs/logs"]) chmodSync(join(above, folder), 0o755)
  stateFolder({ FOOTFALL_DATA: join(above, "theirs") })
  expect([mode("theirs"), mode("theirs", "logs")]).toEqual([0o755, 0o700])

  expect(statSync(stateFolder({})).mode & 0o066).toBe(0)
  rmSync(above, { recursive: true })
})
