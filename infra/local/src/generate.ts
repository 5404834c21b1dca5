import { generatedChecks, runChecks } from "./check.ts"
import { commandLine, refuse } from "./command-line.ts"
import { mustRun } from "./command.ts"
import { withProgress } from "./progress.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

const usage = `npm run generate -- [--check]

Generates servers from the specifications in contracts/openapi, then the types of the SDK from the same.

  --check   change nothing; say what is stale, and end with 1 when something is
  --help    show this`

const { values } = commandLine({ usage, options: { check: { type: "boolean" } } })

if (values.check) {
  const { failed } = await runChecks(say, generatedChecks())
  if (failed > 0) refuse("What is generated is stale: npm run generate")
} else {
  for (const name of ["contracts", "sdk"]) {
    const what = `Generating ${name}`
    const work = mustRun(what, "pnpm", ["--dir", name, "run", "generate"])
    await withProgress(say, what, work).catch((cause: Error) => refuse(cause.message))
  }
  say("contracts/src/generated and sdk/src/generated are up to date.")
}
