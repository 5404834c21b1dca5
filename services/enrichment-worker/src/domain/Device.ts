import type { LoggedClient } from "@footfall/event-log/LoggedBatch"
import { UAParser } from "ua-parser-js"
import { appOf } from "./appBrowsers.ts"
import { brandOf, headerText, type NamedBrowser } from "./clientHints.ts"
import { type DeviceKind, kindOf } from "./deviceKind.ts"
import { type System, systemOf } from "./system.ts"

/** What a user agent, and client hints where there are any, tell about the visitor's machine; empty where they tell nothing. */
export interface Device {
  readonly browser: string
  /** Major version only: more would tell visitors apart. */
  readonly browserVersion: string
  readonly os: string
  /** Major and minor at most. */
  readonly osVersion: string
  readonly device: DeviceKind
}

/** Names of ua-parser-js that differ from those used elsewhere, or that name an engine. */
const NAMES: Readonly<Record<string, string>> = {
  "Chrome WebView": "Android WebView",
  KAKAOSTORY: "KakaoStory",
  QQBrowser: "QQ Browser",
  UCBrowser: "UC Browser",
  GSA: "Google app",
}

/** What an engine is on systems where an app shows pages in it without adding its name. */
const WEB_VIEWS: Readonly<Record<string, string>> = { iOS: "Safari WebView", iPadOS: "Safari WebView", macOS: "Safari WebView" }

/** Names under which Chromium's relatives hide in a user agent, so that a brand among the client hints tells more. */
const HIDING = new Set(["", "Chrome", "Android WebView"])

/** What ua-parser-js reads, under our names. A browser that is the same product on a phone is one; the phone is told by `device`. */
const parsedBrowser = (name: string | undefined, version: string | undefined, os: string): NamedBrowser => {
  if (name === undefined) return { name: "", version: "" }
  // An engine is not a browser, nor is its version one's.
  if (name === "WebKit" || name === "KHTML") return { name: WEB_VIEWS[os] ?? "", version: "" }
  const product = name.replace(/^Mobile /, "")
  return { name: NAMES[product] ?? product, version: version ?? "" }
}

const browserOf = (userAgent: string, parsed: NamedBrowser, isApp: boolean, client: LoggedClient): NamedBrowser => {
  const app = appOf(userAgent)
  if (app !== undefined) return app
  if (isApp && !HIDING.has(parsed.name)) return parsed
  const brand = brandOf(client)
  if (brand === undefined) return parsed
  const ofFamily = brand.name === "Chrome" || brand.name === "Chromium" || brand.name === "Android WebView"
  // Electron and others say no more than Chromium in their hints, and their own name in the user agent.
  return ofFamily && !HIDING.has(parsed.name) ? parsed : brand
}

/** Chromium writes `Android 10; K` whatever the phone is; hints, where a site asked for them, say what it is. */
const unfrozen = (userAgent: string, { model, platformVersion }: LoggedClient): string => {
  const name = headerText(model).replace(/[^\w .+-]/g, "")
  if (name === "") return userAgent
  const version = /^\d+/.exec(headerText(platformVersion))?.[0] ?? "10"
  return userAgent.replace(/Android 10; K(?=[;)])/, `Android ${version}; ${name}`)
}

/** A Mac has no touch screen, so it is an iPad that asks for desktop sites; that has no client hints. */
const isHiddenIpad = (userAgent: string, client: LoggedClient): boolean =>
  client.multiTouch === true && client.platform === undefined && userAgent.includes("(Macintosh;")

/**
 * Reads a user agent (ua-parser-js), client hints and touch points. Hints win over the user agent, which Chromium froze; what neither
 * tells stays empty, and a device of an unknown system is `other`. Costs some 50 µs: remember the answer.
 */
export const deviceOf = (userAgent: string, client: LoggedClient = {}): Device => {
  const told = unfrozen(userAgent, client)
  const parsed = UAParser(told)
  const isIpad = parsed.device.model === "iPad" || isHiddenIpad(told, client)
  const system: System = systemOf(told, parsed.os, { client, isIpad, type: parsed.device.type })
  const named = parsedBrowser(parsed.browser.name, parsed.browser.major, system.os)
  const { name, version } = browserOf(told, named, parsed.browser.type === "inapp", client)
  const device = isIpad ? "tablet" : kindOf(told, parsed.device.type, system.os, client)
  return { browser: name, browserVersion: version, ...system, device }
}
