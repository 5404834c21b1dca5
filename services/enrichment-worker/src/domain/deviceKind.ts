import type { LoggedClient } from "@footfall/event-log/LoggedBatch"

/** What kind of machine a client is; `other` is also what is not known. */
export type DeviceKind = "desktop" | "mobile" | "tablet" | "tv" | "console" | "other"

/** Types of ua-parser-js. */
const TYPES: Readonly<Record<string, DeviceKind>> = {
  mobile: "mobile",
  tablet: "tablet",
  smarttv: "tv",
  console: "console",
  wearable: "other",
  xr: "other",
  embedded: "other",
}

/** Televisions and boxes that ua-parser-js takes for phones, tablets or desktops, by what they write of themselves. */
const TV =
  /\b(?:Android|Google|Apple|Smart|Fire|Philips) ?TV\b|\bChromecast\b|\bCrKey\b|\bSMART-TV\b|\bSmartTV|\bTV Safari\/|\bTizen\b.*\bTV\b|\bWeb0S\b|\bwebOS[. ]?TV|\bNetCast\b|\bHbbTV\/|\bRoku\b|\bBRAVIA\b|\bViera\b|\bVIDAA\b|\bMi(?:TV|BOX)|\bLarge Screen\b/

/** Where a system that says no more than its name runs. A system of phones is never a desktop's. */
const SYSTEMS: Readonly<Record<string, DeviceKind>> = {
  iOS: "mobile",
  iPadOS: "tablet",
  Android: "mobile",
  KaiOS: "mobile",
  HarmonyOS: "mobile",
  OpenHarmony: "mobile",
  "Windows Phone": "mobile",
  "Windows Mobile": "mobile",
  BlackBerry: "mobile",
  Symbian: "mobile",
  Series40: "mobile",
  Sailfish: "mobile",
  "Firefox OS": "mobile",
  Bada: "mobile",
  MeeGo: "mobile",
  Tizen: "mobile",
  "RIM Tablet OS": "tablet",
  tvOS: "tv",
  webOS: "tv",
  "Chromecast Linux": "tv",
  Xbox: "console",
  PlayStation: "console",
  Nintendo: "console",
  watchOS: "other",
  visionOS: "other",
}

/** From what tells most to what tells least: a headset also says Mobile. */
const FORM_FACTORS: ReadonlyArray<readonly [string, DeviceKind]> = [
  ["Automotive", "other"],
  ["XR", "other"],
  ["Watch", "other"],
  ["TV", "tv"],
  ["Tablet", "tablet"],
  ["EInk", "tablet"],
  ["Mobile", "mobile"],
  ["Desktop", "desktop"],
]

const formFactor = ({ formFactors = "" }: LoggedClient): DeviceKind | undefined =>
  FORM_FACTORS.find(([name]) => formFactors.includes(`"${name}"`) || formFactors === name)?.[1]

/** Browsers leave the word Mobile out on an Android tablet, and only there. */
const isAndroidTablet = (userAgent: string, os: string): boolean =>
  os === "Android" && userAgent.startsWith("Mozilla/") && !/\bMobile\b/.test(userAgent)

/** What kind of device a client runs on, by its user agent, the type that ua-parser-js found in it, its system and its hints. */
export const kindOf = (userAgent: string, type: string | undefined, os: string, client: LoggedClient): DeviceKind => {
  const typed = type === undefined ? undefined : TYPES[type]
  if (typed === "tv" || typed === "console") return typed
  if (TV.test(userAgent)) return "tv"
  const bySystem = SYSTEMS[os]
  if (bySystem === "tv" || bySystem === "console") return bySystem
  const hinted = formFactor(client)
  if (hinted !== undefined) return hinted
  if (typed !== undefined) return typed
  if (client.mobile === "?1") return "mobile"
  if (isAndroidTablet(userAgent, os)) return "tablet"
  return bySystem ?? (os === "" ? "other" : "desktop")
}
