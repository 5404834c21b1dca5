import { spawn } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import type { Counts } from "./check.ts"
import { root } from "./checkout.ts"

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly success: boolean
}

/** Counts a report: a suite that could not even be loaded, or an error outside of all tests, is one failure; a skipped test is a failure too, for nothing may be left out in silence. */
export const countReport = (report: Report, exitCode: number): Counts => {
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests
  return { passed: report.numPassedTests, failed: failed === 0 && (exitCode !== 0 || !report.success) ? 1 : failed }
}

/** Runs one vitest project in the foreground and counts its tests. No matching file is nothing run: zero and zero. */
export const runVitest = (
  project: string,
  filters: ReadonlyArray<string>,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Counts> => {
  const results = join(folder, "test-results")
  const file = join(results, `${project}.json`)
  mkdirSync(results, { recursive: true })
  rmSync(file, { force: true })
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs")
  const args = [
    vitest,
    "run",
    "--config",
    "vitest.config.ts",
    "--project",
    project,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
    ...filters,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } })
    child.once("error", reject)
    child.once("exit", (code) => {
      const exitCode = code ?? 1
      if (existsSync(file)) resolve(countReport(JSON.parse(readFileSync(file, "utf8")), exitCode))
      else resolve({ passed: 0, failed: exitCode === 0 ? 0 : 1 })
    })
  })
}
