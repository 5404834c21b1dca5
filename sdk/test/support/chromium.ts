import { chromiumFlags, chromiumPath } from "@footfall/local/chromium"
import { guard, unguard } from "@footfall/local/guardian"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Browser } from "playwright-core"

/** The system's Chromium or Chrome; CHROMIUM_PATH names another one. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), ignoreDefaultArgs: ["--disable-back-forward-cache"], args: chromiumFlags })

/** The same browser with nobody attached, which prerendering needs, looking at one address until it is closed. */
export const browse = (url: string) => {
  const profile = mkdtempSync(join(tmpdir(), "footfall-chromium-"))
  const flags = [...chromiumFlags, `--user-data-dir=${profile}`, "--remote-debugging-port=0"]
  const child = spawn(chromiumPath(), [...flags, url], { stdio: "ignore" })
  const { pid } = child
  if (pid !== undefined) guard(pid)
  return {
    async close() {
      const closed = once(child, "exit")
      child.kill()
      await closed
      if (pid !== undefined) unguard(pid)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
