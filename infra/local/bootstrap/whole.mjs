import { existsSync, readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"

/** A JSON file's content; undefined when it is missing or not JSON. */
export const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}

const entries = (folder) => (existsSync(folder) ? readdirSync(folder) : [])

const packagesIn = (modules) =>
  entries(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => (name.startsWith("@") ? entries(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]))

const isThere = (modules, name) => existsSync(join(modules, name, "package.json"))

/** The packages that a folder's manifest asks for on this machine; of the optional ones, Node itself. */
const wanted = (folder) => {
  const { dependencies, devDependencies, optionalDependencies } = readJson(join(folder, "package.json")) ?? {}
  const optional = Object.keys(optionalDependencies ?? {}).filter((name) => name === `node-${process.platform}-${process.arch}`)
  return [...Object.keys({ ...dependencies, ...devDependencies }), ...optional]
}

/**
 * A package that somebody removed since the installation, as words, or undefined: looks at what the manifests of `folders` ask for and
 * where every link between installed packages leads (some 2,000 looks, 30 ms).
 */
export const missingPackage = (root, folders) => {
  for (const folder of ["", ...folders]) {
    const modules = join(root, folder, "node_modules")
    const name = wanted(join(root, folder)).find((one) => !isThere(modules, one))
    if (name !== undefined) return join(folder, "node_modules", name)
  }
  // Where every command finds Node 24 and its tools.
  if (!existsSync(join(root, "node_modules", ".bin"))) return "node_modules/.bin"
  for (const store of entries(join(root, "node_modules", ".pnpm"))) {
    const modules = join(root, "node_modules", ".pnpm", store, "node_modules")
    const name = packagesIn(modules).find((one) => !isThere(modules, one))
    if (name !== undefined) return `${name} of ${store}`
  }
  return undefined
}
