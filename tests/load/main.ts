import { stateFolder } from "@footfall/local/checkout"
import { commandLine, refuse } from "@footfall/local/command-line"
import { buildFrontends } from "@footfall/local/product"
import { thisMachine } from "./machine.ts"
import type { BenchOptions } from "./options.ts"
import { keep, print, type Report } from "./report.ts"

type Scenario = (options: BenchOptions) => Promise<Report>

const scenarios: Readonly<Record<string, () => Promise<Scenario>>> = {
  ingest: async () => (await import("./ingest/scenario.ts")).ingest,
  keyless: async () => (await import("./keyless/scenario.ts")).keyless,
  pipeline: async () => (await import("./pipeline/scenario.ts")).pipeline,
  query: async () => (await import("./query/scenario.ts")).query,
  freshness: async () => (await import("./freshness/scenario.ts")).freshness,
  idle: async () => (await import("./idle/scenario.ts")).idle,
}

const usage = `npm run bench -- ${Object.keys(scenarios).join(" | ")} [--quick] [--events N]

Several scenarios run one after another.

  --quick      small sizes, under a minute each
  --events N   how many events, for pipeline (400000)
  --help       show this`

const readArguments = () => {
  const options = { quick: { type: "boolean", default: false }, events: { type: "string" } } as const
  const { values, words } = commandLine({ usage, options, words: true })
  const events = values.events === undefined ? undefined : Number(values.events)
  if (events !== undefined && (!Number.isInteger(events) || events < 1))
    refuse(`--events takes a whole number from 1 on, not "${values.events}".`)
  const unknown = words.find((name) => !Object.hasOwn(scenarios, name))
  if (unknown !== undefined) refuse(`There is no scenario "${unknown}".\n\n${usage}`)
  if (words.length === 0) refuse(`Say which scenario.\n\n${usage}`)
  return { names: words, quick: values.quick, ...(events === undefined ? {} : { events }) }
}

const asked = readArguments()
await buildFrontends(console.log, stateFolder())
for (const name of asked.names) {
  const machine = thisMachine()
  console.log(
    `\n${name}${asked.quick ? " (quick)" : ""}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.kernel}, Node ${machine.node}`,
  )
  const scenario = await scenarios[name]?.()
  const report = await scenario?.(asked)
  if (report === undefined) continue
  print(report)
  console.log(`\nFigures: ${keep(name, machine, report)}`)
}
// A scenario that was interrupted may have left a timer; there is nothing more to do.
process.exit()
