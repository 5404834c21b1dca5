import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { root } from "./checkout.ts"
import { commandLine } from "./command-line.ts"
import { run } from "./command.ts"
import type { Say } from "./progress.ts"

/** How many checks held and how many did not. */
export interface Counts {
  readonly passed: number
  readonly failed: number
}

interface Check {
  readonly name: string
  readonly command: string
  readonly args: ReadonlyArray<string>
}

const scriptsOf = (folder: string): Readonly<Record<string, string>> => {
  const file = join(root, folder, "package.json")
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")).scripts ?? {}) : {}
}

/** A script of a workspace folder, where the folder has it. */
const scripted = (name: string, folder: string, script: string, ...args: ReadonlyArray<string>): ReadonlyArray<Check> =>
  scriptsOf(folder)[script] === undefined ? [] : [{ name, command: "pnpm", args: ["--dir", folder, "run", script, ...args] }]

/** Whether what is generated is what its sources give. */
export const generatedChecks = (): ReadonlyArray<Check> => [
  ...scripted("generated contracts", "contracts", "generate", "--check"),
  ...scripted("generated sdk", "sdk", "generate", "--check"),
]

/** All that must hold before anything runs: types, lint, who imports whom, dead code, generated files as their sources say. */
export const checks = (): ReadonlyArray<Check> => [
  { name: "types", command: "tsc", args: ["-p", "tsconfig.json"] },
  ...scripted("types of contracts", "contracts", "types"),
  ...scripted("types of sdk", "sdk", "types"),
  ...scripted("types of web", "web", "types"),
  { name: "lint", command: "oxlint", args: ["--deny-warnings"] },
  { name: "format", command: "oxfmt", args: ["--check", "."] },
  {
    name: "boundaries",
    command: "depcruise",
    args: ["--config", ".dependency-cruiser.cjs", "contracts", "services", "sdk", "web", "infra", "tests"],
  },
  { name: "dead code", command: "knip", args: ["--no-progress", "--no-config-hints"] },
  ...generatedChecks(),
]

/** Runs the checks two at a time; a line when one starts and when it ends, and the output of those that fail. */
export const runChecks = async (say: Say, asked = checks()): Promise<Counts> => {
  const waiting = [...asked]
  let passed = 0
  let failed = 0
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      say(`...    ${check.name}`)
      const since = Date.now()
      const { ok, output } = await run(check.command, check.args)
      say(`${ok ? "ok    " : "FAILED"} ${check.name.padEnd(22)} ${((Date.now() - since) / 1000).toFixed(1).padStart(5)} s`)
      if (ok) passed++
      else {
        failed++
        say(
          output
            .split("\n")
            .map((line) => `       ${line}`)
            .join("\n"),
        )
      }
    }
  }
  await Promise.all([worker(), worker()])
  return { passed, failed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  commandLine({
    usage: `npm run check

Checks types, lint, format, who imports whom, dead code, and that generated files are what their sources give. Runs no test.

  --help   show this`,
    options: {},
  })
  const { passed, failed } = await runChecks((line) => void process.stdout.write(`${line}\n`))
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}
