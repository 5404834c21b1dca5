import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./checkout.ts"

/** Something that is built from sources: paths below the root of the checkout. */
export interface Build {
  readonly name: string
  readonly sources: ReadonlyArray<string>
  readonly output: string
}

const ignored = new Set(["node_modules", "build", "dist", ".svelte-kit", "test", "generated.stamp"])

const filesBelow = (path: string): ReadonlyArray<string> => {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .filter((name) => !ignored.has(name))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** A hash of names and contents of all sources. */
export const sourcesHash = (build: Build, base = root): string => {
  const hash = createHash("sha256")
  for (const file of build.sources.flatMap((source) => filesBelow(join(base, source))))
    hash.update(`\0${file.slice(base.length)}\0`).update(readFileSync(file))
  return hash.digest("hex")
}

/** Runs `make` when the output is missing or its sources have changed since `make` last succeeded; tells whether it ran. */
export const buildWhenStale = async (build: Build, folder: string, make: () => Promise<void>, base = root): Promise<boolean> => {
  const stampFile = join(folder, `${build.name}.stamp`)
  const stamp = sourcesHash(build, base)
  if (existsSync(join(base, build.output)) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return false
  await make()
  writeFileSync(stampFile, stamp)
  return true
}
