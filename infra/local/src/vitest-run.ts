import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import type { Counts } from "./check.ts"
import { runGroup } from "./process-group.ts"

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

/**
 * Runs one vitest project in the foreground and counts its tests. No matching file is nothing run: zero and zero. When asked to stop it
 * ends vitest with the tests under way and the services that these run, and counts a failure.
 */
export const runVitest = async (
  project: string,
  filters: ReadonlyArray<string>,
  folder: string,
  env: Readonly<Record<string, string>>,
  stopping: AbortSignal,
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
  const exitCode = await runGroup(process.execPath, args, env, stopping)
  if (existsSync(file)) return countReport(JSON.parse(readFileSync(file, "utf8")), exitCode)
  return { passed: 0, failed: exitCode === 0 ? 0 : 1 }
}
