import { parseArgs, type ParseArgsOptionsConfig } from "node:util"
import { messageOf, Unable } from "./unable.ts"

/** What a command takes. */
export interface Takes<Options extends ParseArgsOptionsConfig> {
  /** What `--help` prints. */
  readonly usage: string
  /** As `parseArgs` of node:util has them. */
  readonly options: Options
  /** Whether it takes words that belong to no option. */
  readonly words?: boolean
}

/** Reads a command line; throws Unable with a sentence and the usage for what the command does not take. */
export const readCommandLine = <const Options extends ParseArgsOptionsConfig>(
  { usage, options, words = false }: Takes<Options>,
  args: ReadonlyArray<string>,
) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: words })
  } catch (cause) {
    const [sentence] = messageOf(cause).split(/\. |\.?\n/)
    throw new Unable(`${sentence}.\n\n${usage}`)
  }
}

/** Ends this process with a sentence and exit code 1. */
export const refuse = (sentence: string): never => {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

/** Reads the command line of this process; ends it with the usage and 0 for `--help`, with a sentence and 1 for what it does not take. */
export const commandLine = <const Options extends ParseArgsOptionsConfig>(takes: Takes<Options>) => {
  const args = process.argv.slice(2)
  if (args.includes("--help")) {
    process.stdout.write(`${takes.usage}\n`)
    process.exit(0)
  }
  try {
    const { values, positionals } = readCommandLine(takes, args)
    return { values, words: positionals }
  } catch (cause) {
    if (cause instanceof Unable) return refuse(cause.message)
    throw cause
  }
}
