import { parseArgs } from "node:util"
import { thisMachine } from "./machine.ts"
import type { BenchOptions } from "./options.ts"
import { keep, print, type Report } from "./report.ts"

type Scenario = (options: BenchOptions) => Promise<Report>

const scenarios: Readonly<Record<string, () => Promise<Scenario>>> = {
  ingest: async () => (await import("./ingest/scenario.ts")).ingest,
  pipeline: async () => (await import("./pipeline/scenario.ts")).pipeline,
  query: async () => (await import("./query/scenario.ts")).query,
  freshness: async () => (await import("./freshness/scenario.ts")).freshness,
  idle: async () => (await import("./idle/scenario.ts")).idle,
}

const usage = `npm run bench -- ${Object.keys(scenarios).join(" | ")} [--quick] [--events N]

Several scenarios run one after another. --quick: small sizes, under a minute each. --events: for pipeline (400000).`

const readArguments = () => {
  try {
    const options = { quick: { type: "boolean", default: false }, events: { type: "string" } } as const
    const { values, positionals } = parseArgs({ allowPositionals: true, options })
    const events = values.events === undefined ? undefined : Number(values.events)
    if (events !== undefined && (!Number.isInteger(events) || events < 1)) throw new Error("--events takes a whole number.")
    const unknown = positionals.find((name) => scenarios[name] === undefined)
    if (unknown !== undefined) throw new Error(`There is no scenario "${unknown}".`)
    if (positionals.length === 0) throw new Error("Say which scenario.")
    return { names: positionals, quick: values.quick, ...(events === undefined ? {} : { events }) }
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`)
    return undefined
  }
}

const asked = readArguments()
if (asked === undefined) process.exitCode = 2
else {
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
  // Whoever was interrupted halfway may have left a timer; there is nothing more to do.
  process.exit()
}
