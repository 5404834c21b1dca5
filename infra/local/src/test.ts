import { runChecks, type Counts } from "./check.ts"
import { stateFolder } from "./checkout.ts"
import { commandLine, refuse } from "./command-line.ts"
import { buildFrontends } from "./product.ts"
import { withProgress } from "./progress.ts"
import { environmentOf, testStack } from "./stack.ts"
import { onStopSignal } from "./stop-signals.ts"
import { messageOf } from "./unable.ts"
import { runVitest } from "./vitest-run.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** The kinds of test, in the order in which they run: what fails fast comes first. */
const kinds = ["check", "unit", "web", "contract", "pipeline", "faults", "e2e"] as const
type Kind = (typeof kinds)[number]

const isKind = (name: string): name is Kind => kinds.some((kind) => kind === name)

const usage = `npm test -- [--only=KIND,...] [FILE ...]

Runs every test on engines of its own. The last line says how many passed and how many failed; a test that is left out counts as failed.

  --only=KIND,...   only these kinds: ${kinds.join(", ")}
  FILE ...          only test files whose path has one of these words in it, and no checks
  --help            show this`

const { values, words: positionals } = commandLine({ usage, options: { only: { type: "string" } }, words: true })
const asked = values.only?.split(",") ?? kinds.filter((kind) => kind !== "check" || positionals.length === 0)
const unknown = asked.filter((name) => !isKind(name))
if (unknown.length > 0) {
  refuse(`There is no kind of test called ${unknown.map((name) => `"${name}"`).join(", ")}. There are: ${kinds.join(", ")}.`)
}

const counts: Array<Counts> = []
const folder = stateFolder()

if (asked.includes("check")) {
  say("Checks")
  counts.push(await runChecks(say))
}

const tested = kinds.filter((kind) => kind !== "check" && asked.includes(kind))
if (tested.length > 0) {
  const stack = await withProgress(say, "Starting ClickHouse, Postgres and Redis for the tests", testStack())
  const stopping = new AbortController()
  onStopSignal(() => stopping.abort(new Error("Stopped.")))
  try {
    await buildFrontends(say, folder)
    for (const kind of tested) {
      stopping.signal.throwIfAborted()
      say("")
      say(`Tests: ${kind}`)
      const result = await runVitest(kind, positionals, folder, environmentOf(stack), stopping.signal)
      const empty = positionals.length === 0 && result.passed + result.failed === 0
      if (empty) say(`There is no test of the kind ${kind}, which counts as a failure.`)
      counts.push(empty ? { passed: 0, failed: 1 } : result)
    }
  } catch (cause) {
    say(messageOf(cause))
    counts.push({ passed: 0, failed: 1 })
  } finally {
    await stack.stop()
  }
}

const passed = counts.reduce((sum, one) => sum + one.passed, 0)
const failed = counts.reduce((sum, one) => sum + one.failed, 0)
if (passed + failed === 0) say("No test ran, which counts as a failure.")
say(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
