import { commandLine, refuse } from "./command-line.ts"
import { mustRun } from "./command.ts"

const usage = `npm run format

Formats every source file of the checkout (npm run check says which ones need it).

  --help   show this`

commandLine({ usage, options: {} })
await mustRun("Formatting", "oxfmt", ["."]).catch((cause: Error) => refuse(cause.message))
process.stdout.write("All source files are formatted.\n")
