import { chromiumFlags, chromiumPath } from "@footfall/local/chromium"
import { chromium, type Browser, type Page } from "playwright-core"

/** Starts the machine's Chromium without a window; fails with a sentence that says what to install. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags })

/** What a browser of a person calls itself; a headless one calls itself a bot, and is counted as one. */
export const PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"

/** A context whose visits are a person's: without a window the browser would say so in its client hints too. */
export const asPerson = {
  userAgent: PERSON,
  extraHTTPHeaders: { "sec-ch-ua": `"Google Chrome";v="141", "Chromium";v="141", "Not?A_Brand";v="8"` },
}

/** Collects what a page must not do: errors on the console, and requests to anybody but `origins`. */
export const watch = (page: Page, origins: ReadonlyArray<string>): { readonly faults: Array<string> } => {
  const faults: Array<string> = []
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`)
  })
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`))
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith("http") && !origins.includes(origin)) faults.push(`third party: ${request.url()}`)
  })
  return { faults }
}
