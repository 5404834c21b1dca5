import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { bundle, type Entry } from "./bundle.ts"
import { packageManifest } from "./manifest.ts"

/**
 * Writes dist, which is the package that can be installed: three bundles, the declarations, and what a package has beside them. Each bundle
 * is replaced in one step, since a server may be reading it.
 */
const at = (path: string) => fileURLToPath(new URL("../" + path, import.meta.url))

mkdirSync(at("dist"), { recursive: true })
for (const entry of ["script", "index", "api"] satisfies Entry[]) {
  const { code } = await bundle(entry)
  const temporary = at(`dist/.${entry}.${process.pid}.js`)
  writeFileSync(temporary, code)
  renameSync(temporary, at(`dist/${entry}.js`))
  process.stdout.write(`dist/${entry}.js  ${code.length} bytes, ${gzipSync(code, { level: 9 }).length} compressed\n`)
}

rmSync(at("dist/types"), { recursive: true, force: true })
execFileSync(process.execPath, [at("node_modules/typescript/bin/tsc"), "-p", at("tsconfig.build.json")], { stdio: "inherit" })
cpSync(at("src/generated"), at("dist/types/generated"), {
  recursive: true,
  // tsc has written the declarations of what is not one already.
  filter: (source) => !/(?<!\.d)\.ts$/.test(source),
})
for (const name of ["README.md", "LICENSE"]) cpSync(at(name), at(`dist/${name}`))
writeFileSync(at("dist/package.json"), `${JSON.stringify(packageManifest(), null, 2)}\n`)
