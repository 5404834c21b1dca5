import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const read = (path: string) => JSON.parse(readFileSync(fileURLToPath(new URL("../" + path, import.meta.url)), "utf8"))

/** The package.json of the package that `dist` is: its entries are bundles beside it, and its dependency has the version installed here. */
export const packageManifest = (): object => {
  const { name, version, description, license, type, engines, dependencies } = read("package.json")
  const installed = (name: string): [string, string] => [name, read(`node_modules/${name}/package.json`).version]
  return {
    name,
    version,
    description,
    license,
    type,
    sideEffects: ["./script.js"],
    types: "./types/browser/index.d.ts",
    exports: {
      ".": { types: "./types/browser/index.d.ts", default: "./index.js" },
      "./api": { types: "./types/api/index.d.ts", default: "./api.js" },
      "./script.js": "./script.js",
      "./package.json": "./package.json",
    },
    // For compilers that do not look at exports.
    typesVersions: { "*": { api: ["./types/api/index.d.ts"] } },
    dependencies: Object.fromEntries(Object.keys(dependencies).map(installed)),
    engines,
    publishConfig: { access: "public" },
  }
}
