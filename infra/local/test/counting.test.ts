import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { buildWhenStale } from "../src/stamped-build.ts"
import { countReport } from "../src/vitest-run.ts"

const folder = mkdtempSync(join(tmpdir(), "footfall-counting-"))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: true }

it("a skipped test counts as failed, and so does a run that failed outside of its tests", () => {
  expect(countReport(report, 0)).toEqual({ passed: 3, failed: 0 })
  expect(countReport({ ...report, numPendingTests: 2 }, 0)).toEqual({ passed: 3, failed: 2 })
  expect(countReport({ ...report, success: false }, 1)).toEqual({ passed: 3, failed: 1 })
  expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1 })
})

it("something is built when its output is missing or a source has changed, else not", async () => {
  mkdirSync(join(folder, "src"), { recursive: true })
  writeFileSync(join(folder, "src/a.ts"), "1")
  const build = { name: "thing", sources: ["src"], output: "out.js" }
  let made = 0
  const make = async () => {
    made++
    writeFileSync(join(folder, "out.js"), "built")
  }
  const once = () => buildWhenStale(build, folder, make, folder)
  expect([await once(), await once()]).toEqual([true, false])
  writeFileSync(join(folder, "src/a.ts"), "2")
  expect(await once()).toBe(true)
  rmSync(join(folder, "out.js"))
  expect(await once()).toBe(true)
  await expect(
    buildWhenStale({ ...build, sources: ["src", "more"], output: "none" }, folder, () => Promise.reject(new Error("no")), folder),
  ).rejects.toThrow("no")
  expect(made).toBe(3)
})
