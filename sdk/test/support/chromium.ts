import { spawn } from "node:child_process"
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
const CANDIDATES = [process.env["CHROMIUM_PATH"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

const findChromium = () => CANDIDATES.find((path) => path !== undefined && existsSync(path))

const chromiumPath = (): string => {
  const path = findChromium()
  if (path === undefined) throw new Error("This test needs Chromium: apt-get install chromium, or set CHROMIUM_PATH to its path.")
  return path
}

/** The system's Chromium or Chrome; CHROMIUM_PATH names another one. */
export const launchChromium = async (): Promise<Browser> => {
  return chromium.launch({ executablePath: chromiumPath(), ignoreDefaultArgs: ["--disable-back-forward-cache"], args: FLAGS })
}

/** The same browser with nobody attached, which prerendering needs, looking at one address until it is closed. */
export const browse = (url: string) => {
  const path = chromiumPath()
  const profile = mkdtempSync(join(tmpdir(), "footfall-chromium-"))
  const child = spawn(path, [...FLAGS, `--user-data-dir=${profile}`, "--remote-debugging-port=0", url], { stdio: "ignore" })
  return {
    async close() {
      const closed = once(child, "exit")
      child.kill()
      await closed
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
