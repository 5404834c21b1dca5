import { flushCompileCache } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "./checkout.ts"

/** The programs that `npm start` runs, and what the door imports once it has read its arguments. */
const programs = [
  "infra/local/src/start.ts",
  "infra/local/src/door/main.ts",
  "infra/local/src/door/engine.ts",
  "infra/local/src/door/handle.ts",
  "services/migrate/src/main.ts",
  "services/query/src/main.ts",
  "services/enrichment-worker/src/main.ts",
  "services/ingest/src/main.ts",
  "web/server.ts",
]

const module_ = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`
const stop = module_("throw new Error('loaded')")

/**
 * Compiles a program with all that it imports, without running a line of it: a module is loaded whole before anything of it runs, and
 * the first thing to run here throws. What cannot be loaded is left to the program itself, which says why.
 */
const compile = (file: string): Promise<void> =>
  import(module_([stop, pathToFileURL(join(root, file)).href].map((url) => `import ${JSON.stringify(url)}`).join("\n"))).catch(
    () => undefined,
  )

await Promise.all(programs.map(compile))
flushCompileCache()
