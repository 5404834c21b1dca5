import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { checkoutEnvironment } from "./hand-over.mjs"
import { installStamp } from "./packages.mjs"
import { runQuietly } from "./quietly.mjs"

/**
 * Compiles the programs of `npm start` into Node's compile cache, once after each installation: otherwise every process loads the
 * TypeScript stripper on its first run and keeps it, some 110 MB in all.
 */
export const warm = async (root, node, say) => {
  const env = checkoutEnvironment(root)
  const stampFile = join(env.NODE_COMPILE_CACHE, "warm.stamp")
  const stamp = installStamp(root)
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return
  const logFile = join(root, ".footfall", "logs", "warm.log")
  await runQuietly("Compiling the services", node, [join(root, "infra/local/src/warm.ts")], { logFile, say, cwd: root, env })
  mkdirSync(env.NODE_COMPILE_CACHE, { recursive: true })
  writeFileSync(stampFile, stamp)
}
