/**
 * From a fresh clone to a running command, with nothing but Node 20, npm and git: fetches pnpm, installs packages when they changed, and
 * hands over to TypeScript under Node 24. Plain JavaScript without dependencies, because nothing is installed yet.
 */
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { refuseUnbearablePath } from "./bootstrap/unbearable-path.mjs"
import { handOver } from "./bootstrap/hand-over.mjs"
import { ensurePackages, nodeOf } from "./bootstrap/packages.mjs"
import { ensureProgram } from "./bootstrap/programs.mjs"
import { Unable } from "./bootstrap/quietly.mjs"
import { warm } from "./bootstrap/warm.mjs"

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const say = (line) => process.stdout.write(`${line}\n`)

// The program that read our output has ended (npm start | head): no reason to end too.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)

const commands = {
  start: { file: "infra/local/src/start.ts", name: "Footfall", again: "npm start", needs: ["redis-server"] },
  test: { file: "infra/local/src/test.ts", name: "The run of the tests", again: "npm test", needs: ["redis-server", "chromium"] },
  check: { file: "infra/local/src/check.ts", name: "The run of the checks", again: "npm run check" },
  demo: { file: "infra/local/src/demo.ts", name: "The demo", again: "npm run demo" },
  bench: { file: "tests/load/main.ts", name: "The benchmark", again: "npm run bench", needs: ["redis-server"] },
  generate: { file: "infra/local/src/generate.ts", name: "The generator", again: "npm run generate" },
  format: { file: "infra/local/src/format.ts", name: "The formatter", again: "npm run format" },
}

const usage = `node infra/local/bootstrap.mjs ${Object.keys(commands).join(" | ")} [options]

Each command says with --help what it does.`

const main = async ([asked, ...args]) => {
  if (asked === "--help") {
    say(usage)
    return 0
  }
  if (asked === undefined || !Object.hasOwn(commands, asked)) throw new Unable(`Say what to do: ${usage}`)
  const { file, name, again, needs = [] } = commands[asked]
  refuseUnbearablePath("The path of this checkout", root)
  refuseUnbearablePath("FOOTFALL_DATA", process.env.FOOTFALL_DATA ?? "")
  const help = args.includes("--help")
  // Before the packages: who has to install something themselves hears it at once, and not after a minute.
  for (const program of help ? [] : needs) {
    const found = await ensureProgram(program, root, say)
    // Tests look in the usual places only; we have looked on PATH.
    if (program === "chromium") process.env.CHROMIUM_PATH = found
  }
  const node = await ensurePackages(root, say).then(() => nodeOf(root))
  if (!existsSync(join(root, file))) throw new Unable(`${file} is not there.`)
  if (asked === "start" && !help) await warm(root, node, say)
  const stopping = needs.length > 0 ? "; what it ran is being stopped" : ""
  const onKilled = (signal) => say(`\n${name} was ended by ${signal}${stopping}. Start again with ${again}.`)
  return await handOver(root, node, file, args, onKilled)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  if (!(cause instanceof Unable)) throw cause
  process.stderr.write(`\n${cause.message}\n`)
  process.exitCode = 1
}
