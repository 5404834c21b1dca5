import { UAParser } from "ua-parser-js"

/** What a user agent tells about the visitor's machine; empty where it tells nothing. */
export interface Device {
  readonly browser: string
  /** Major version only: more would tell visitors apart. */
  readonly browserVersion: string
  readonly os: string
  /** Major and minor at most. */
  readonly osVersion: string
  readonly device: "desktop" | "mobile" | "tablet" | "tv" | "console" | "other"
}

const KINDS: Readonly<Record<string, Device["device"]>> = { mobile: "mobile", tablet: "tablet", smarttv: "tv", console: "console" }

/** Browsers that are the same product on a phone; the phone is told by `device`. */
const browserName = (name: string | undefined): string => (name ?? "").replace(/^Mobile /, "")

/** Reads a user agent (ua-parser-js). Costs some 50 µs: remember the answer. A browser without a device type is a desktop. */
export const deviceOf = (userAgent: string): Device => {
  const { browser, os, device } = UAParser(userAgent)
  const unknown = browser.name === undefined && os.name === undefined
  return {
    browser: browserName(browser.name),
    browserVersion: browser.major ?? "",
    os: os.name ?? "",
    osVersion: (os.version ?? "").split(".").slice(0, 2).join("."),
    device: device.type === undefined ? (unknown ? "other" : "desktop") : (KINDS[device.type] ?? "other"),
  }
}
