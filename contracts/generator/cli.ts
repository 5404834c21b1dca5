import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { ContractFault } from "./fault.ts"
import { generate } from "./generate.ts"
import { loadSources } from "./sources.ts"

/** Files of the target folder by their path in it. */
const present = (target: string): ReadonlyArray<string> =>
  existsSync(target)
    ? readdirSync(target, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1))
    : []

/** Files whose content is not what the specifications ask for, missing and superfluous ones included. */
const staleFiles = (target: string, files: ReadonlyMap<string, string>): ReadonlyArray<string> => {
  const names = new Set([...files.keys(), ...present(target)])
  return [...names].filter((name) => {
    const path = join(target, name)
    return !files.has(name) || !existsSync(path) || readFileSync(path, "utf8") !== files.get(name)
  })
}

const write = (target: string, files: ReadonlyMap<string, string>, names: ReadonlyArray<string>): void => {
  for (const name of names) {
    const path = join(target, name)
    const content = files.get(name)
    mkdirSync(dirname(path), { recursive: true })
    if (content === undefined) rmSync(path)
    else writeFileSync(path, content)
  }
}

/** Generates the package in `root` (or, with `check`, says what is stale); the process's exit code. */
const main = async (root: string, check: boolean): Promise<number> => {
  const target = join(root, "src/generated")
  const files = await generate(loadSources(join(root, "openapi")))
  const stale = staleFiles(target, files)
  if (check && stale.length > 0) {
    console.error(`Generated code is stale (${stale.join(", ")}): the specifications have changed. Run: pnpm generate`)
    return 1
  }
  write(target, files, stale)
  console.log(stale.length === 0 ? `${files.size} generated files are up to date` : `generated ${stale.join(", ")}`)
  return 0
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { check: { type: "boolean", default: false } } })

try {
  process.exitCode = await main(positionals[0] ?? join(import.meta.dirname, ".."), values.check)
} catch (error) {
  if (!(error instanceof ContractFault)) throw error
  console.error(error.message)
  process.exitCode = 1
}
