import { mustRun } from "./command.ts"
import { withProgress } from "./progress.ts"

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** `npm run generate`: servers from the specifications, then the types of the SDK from the same. */
for (const name of ["contracts", "sdk"]) {
  const what = `Generating ${name}`
  await withProgress(say, what, mustRun(what, "pnpm", ["--dir", name, "run", "generate"]))
}
say("contracts/src/generated and sdk/src/generated are up to date.")
