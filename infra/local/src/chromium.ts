import { onPath } from "./machine.ts"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

/** Where the machine's Chromium or Chrome is: CHROMIUM_PATH, or found on PATH. Throws a sentence that says what to install. */
export const chromiumPath = (): string => {
  const found = process.env["CHROMIUM_PATH"] || names.map(onPath).find((path) => path !== undefined)
  if (found === undefined)
    throw new Error("Browser tests need Chromium: install Debian's package chromium, or set CHROMIUM_PATH to a Chromium or Chrome binary.")
  return found
}

/** How tests start it: without a window, and asking nobody but the pages under test. */
export const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // navigator.webdriver is false, as a person's: what a driven browser reports is stored apart, as a bot's.
  "--disable-blink-features=AutomationControlled",
]
