import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Browser } from "playwright-core"

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]
const PATH = process.env["CHROMIUM"] ?? "/usr/bin/chromium"

const install = () => {
  if (existsSync(PATH)) return
  if (process.getuid?.() !== 0) throw new Error("This test needs Chromium: apt-get install chromium, or set CHROMIUM to its path.")
  execFileSync("sh", ["-c", "apt-get update && apt-get install -y --no-install-recommends chromium"], { stdio: "inherit" })
}

/** Debian's Chromium, installed first when it is missing and we may; CHROMIUM names another one. */
export const launchChromium = async (): Promise<Browser> => {
  install()
  return chromium.launch({ executablePath: PATH, ignoreDefaultArgs: ["--disable-back-forward-cache"], args: FLAGS })
}

/** The same browser with nobody attached, which prerendering needs, looking at one address until it is closed. */
export const browse = (url: string) => {
  install()
  const profile = mkdtempSync(join(tmpdir(), "footfall-chromium-"))
  const child = spawn(PATH, [...FLAGS, `--user-data-dir=${profile}`, "--remote-debugging-port=0", url], { stdio: "ignore" })
  return {
    async close() {
      const closed = once(child, "exit")
      child.kill()
      await closed
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
