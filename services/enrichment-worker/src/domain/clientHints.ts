import type { LoggedClient } from "@footfall/event-log/LoggedBatch"

/** A browser by its name and its major version; both empty where nothing is known. */
export interface NamedBrowser {
  readonly name: string
  readonly version: string
}

const STRING = /^\s*"((?:[^"\\]|\\["\\])*)"\s*$/

/** The text of a header that is one string of RFC 9651; servers that hand it on may have taken the quotes off. */
export const headerText = (value = ""): string => (STRING.exec(value)?.[1] ?? value.trim()).replace(/\\(["\\])/g, "$1")

/** A member of a list of brands: a quoted name with any punctuation in it, and its version. */
const BRAND = /"((?:[^"\\]|\\["\\])*)"\s*;\s*v\s*=\s*"(\d*)/g

/**
 * The names that we know among the brands of client hints, and ours for them. Of the others most are there to be unknown ("GREASE":
 * `Not;A=Brand` and the like), and which they are changes with every version; so what is not listed is no name.
 */
const BRANDS: Readonly<Record<string, string>> = {
  "Google Chrome": "Chrome",
  Chromium: "Chromium",
  HeadlessChrome: "Chrome Headless",
  "Android WebView": "Android WebView",
  "Microsoft Edge": "Edge",
  "Microsoft Edge WebView2": "Edge WebView2",
  Brave: "Brave",
  "Brave Origin": "Brave",
  Opera: "Opera",
  OperaMobile: "Opera",
  "Opera GX": "Opera GX",
  "Opera Air": "Opera",
  "Opera Mini": "Opera Mini",
  Vivaldi: "Vivaldi",
  "Samsung Internet": "Samsung Internet",
  YaBrowser: "Yandex",
  Yowser: "Yandex",
  DuckDuckGo: "DuckDuckGo",
  Ecosia: "Ecosia",
  Whale: "Whale",
  HuaweiBrowser: "Huawei Browser",
  "Miui Browser": "MIUI Browser",
  "Mi Browser": "MIUI Browser",
  "Avast Secure Browser": "Avast Secure Browser",
  "AVG Secure Browser": "AVG Secure Browser",
  "Avira Secure Browser": "Avira Secure Browser",
  "CCleaner Browser": "CCleaner Browser",
  "Norton Private Browser": "Norton Private Browser",
  "Norton Secure Browser": "Norton Private Browser",
  CocCoc: "Coc Coc",
  "Coc Coc": "Coc Coc",
  "Oculus Browser": "Oculus Browser",
  "Meta Quest Browser": "Oculus Browser",
  "Amazon Silk": "Silk",
  Silk: "Silk",
  Thorium: "Thorium",
  Helium: "Helium",
  Iridium: "Iridium",
  Arc: "Arc",
  Dia: "Dia",
  Comet: "Comet",
  Perplexity: "Comet",
}

/** What every browser of a family says beside its own name, if it says that at all; the later in the list, the less it tells. */
const FAMILY = ["Edge WebView2", "Edge", "Android WebView", "Chrome", "Chromium"]

/** The name that tells most among the brands of a client's hints; none without hints or a name that we know. */
export const brandOf = ({ brands }: LoggedClient): NamedBrowser | undefined => {
  let best: NamedBrowser | undefined
  let rank = FAMILY.length
  for (const [, brand = "", version = ""] of brands?.matchAll(BRAND) ?? []) {
    const name = Object.hasOwn(BRANDS, brand) ? BRANDS[brand] : undefined
    if (name === undefined) continue
    const place = FAMILY.indexOf(name)
    if (place < rank) [best, rank] = [{ name, version }, place]
  }
  return best
}

/** Whether a browser without a window says so in its client hints. */
export const isHeadless = ({ brands }: LoggedClient): boolean => brands?.includes('"HeadlessChrome"') === true
