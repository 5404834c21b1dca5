/**
 * From a fresh clone to a running command, with nothing but Node 20, npm and git: fetches pnpm, installs packages when they changed, and
 * hands over to TypeScript under Node 24. Plain JavaScript without dependencies, because nothing is installed yet.
 */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { ensurePackages, nodeOf } from "./bootstrap/packages.mjs"
import { ensureProgram } from "./bootstrap/programs.mjs"
import { cleanEnvironment, Unable } from "./bootstrap/quietly.mjs"

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const say = (line) => process.stdout.write(`${line}\n`)

const commands = {
  start: { file: "infra/local/src/start.ts", needs: ["redis-server"] },
  test: { file: "infra/local/src/test.ts", needs: ["redis-server", "chromium"] },
  check: { file: "infra/local/src/check.ts", needs: [] },
  demo: { file: "infra/local/src/demo.ts", needs: [] },
  bench: { file: "tests/load/main.ts", needs: ["redis-server"] },
  generate: { file: "infra/local/src/generate.ts", needs: [] },
}

/** Runs the command in the foreground; signals reach it, its exit code becomes ours. */
const handOver = (node, file, args) =>
  new Promise((resolve, reject) => {
    const path = [join(root, "node_modules", ".bin"), join(root, ".footfall", "tools", "node_modules", ".bin"), process.env.PATH].join(
      delimiter,
    )
    // Keeps stripped TypeScript on disk: each process starts sooner and is some 25 MB smaller, for it never loads the stripper.
    const cache = process.env.NODE_COMPILE_CACHE ?? join(root, ".footfall", "compile-cache")
    const env = { ...cleanEnvironment(process.env), PATH: path, NODE_COMPILE_CACHE: cache }
    const child = spawn(node, [join(root, file), ...args], { cwd: root, stdio: "inherit", env })
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal))
    // npm passes no SIGTERM on; when it is gone, whoever asked for us is gone.
    const parent = process.ppid
    const orphaned = () => process.ppid !== parent && child.kill("SIGTERM")
    if (process.env.npm_lifecycle_event !== undefined) setInterval(orphaned, 1000).unref()
    child.once("error", reject)
    child.once("exit", (code, signal) => resolve(signal === null ? code : 1))
  })

const main = async ([name, ...args]) => {
  const command = commands[name]
  if (command === undefined) throw new Unable(`Say what to do: node infra/local/bootstrap.mjs ${Object.keys(commands).join(" | ")}`)
  await ensurePackages(root, say)
  for (const program of command.needs) {
    const found = await ensureProgram(program, root, say)
    // Tests look in the usual places only; we have looked on PATH.
    if (program === "chromium") process.env.CHROMIUM_PATH = found
  }
  if (!existsSync(join(root, command.file))) throw new Unable(`${command.file} is not there.`)
  return await handOver(nodeOf(root), command.file, args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  if (!(cause instanceof Unable)) throw cause
  process.stderr.write(`\n${cause.message}\n`)
  process.exitCode = 1
}
