import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { runQuietly, Unable } from "./quietly.mjs"

/** The first of `names` that is on PATH, or undefined. */
export const findOnPath = (names, path = process.env.PATH ?? "") => {
  for (const folder of path.split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {
        continue
      }
    }
  }
  return undefined
}

const programs = {
  "redis-server": {
    find: () => process.env.REDIS_URL || findOnPath(["redis-server"]),
    by: "Install Redis 7 or newer (Debian: apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to one that you may use. Without root: docs/deploy.md.",
    without: "the event log cannot run",
  },
  chromium: {
    find: () =>
      process.env.CHROMIUM_PATH ||
      findOnPath(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) ||
      ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"].find((file) =>
        existsSync(file),
      ),
    by: "Install Chromium or Chrome (Debian: apt-get install chromium), or set CHROMIUM_PATH to its path.",
    without: "the browser tests (tests/e2e) cannot run",
  },
}

const isRoot = () => process.getuid?.() === 0

/** Debian starts a freshly installed server for the whole machine; ours runs in the checkout only, so that one is stopped and stays off. */
const stopSystemRedis = () => {
  const quietly = { stdio: "ignore" }
  if (existsSync("/run/systemd/system")) spawnSync("systemctl", ["disable", "--now", "redis-server"], quietly)
  else if (existsSync("/run/redis/redis-server.pid")) spawnSync("service", ["redis-server", "stop"], quietly)
}

/** Makes sure of a program of the machine: found, else installed by apt-get when we are root on Debian, else an error that says what to do. */
export const ensureProgram = async (name, root, say) => {
  const program = programs[name]
  const found = program.find()
  if (found) return found
  if (!isRoot() || findOnPath(["apt-get"]) === undefined) throw new Unable(`${name} is missing, so ${program.without}. ${program.by}`)
  say(`${name} is missing: installing Debian's package "${name}" with apt-get`)
  const options = {
    logFile: join(root, ".footfall", "logs", `apt-${name}.log`),
    say,
    cwd: root,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }
  try {
    await runQuietly("Updating Debian's package lists", "apt-get", ["update"], options)
    await runQuietly(`Installing ${name}`, "apt-get", ["install", "-y", "--no-install-recommends", name], options)
  } catch (cause) {
    throw new Unable(`${name} is missing, so ${program.without}, and apt-get could not install it. ${program.by}\n${cause.message}`)
  }
  if (name === "redis-server") stopSystemRedis()
  const installed = program.find()
  if (!installed) throw new Unable(`apt-get installed ${name}, but it is not on PATH. ${program.by}`)
  return installed
}
