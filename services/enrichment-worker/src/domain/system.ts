import type { LoggedClient } from "@footfall/event-log/LoggedBatch"
import { headerText } from "./clientHints.ts"

/** An operating system; both parts empty when it is not known. */
export interface System {
  readonly os: string
  /** Major and minor at most. */
  readonly osVersion: string
}

/** As ua-parser-js reads it. */
interface ParsedSystem {
  readonly name?: string | undefined
  readonly version?: string | undefined
}

/** What else is known when the system is looked for. */
export interface Told {
  readonly client: LoggedClient
  readonly isIpad: boolean
  /** The type of the device by ua-parser-js. */
  readonly type: string | undefined
}

/** Names of ua-parser-js that differ from those used elsewhere. */
const NAMES: Readonly<Record<string, string>> = {
  android: "Android",
  KAIOS: "KaiOS",
  PLAYSTATION: "PlayStation",
  "Chromium OS": "Chrome OS",
}

const short = (version = ""): string => version.split(".").slice(0, 2).join(".")

/** What apps write of their system (Alamofire: `iOS 17.2.0`), and what tells Apple's desktop from its phones, which share CFNetwork. */
const WRITTEN = /\b(iOS|iPadOS|macOS|tvOS|visionOS|watchOS|Android)[ /](\d+(?:[._]\d+)?)/
const MAC_PROGRAM = /\bCFNetwork\/.*(?:\(x86_64\)|\bMac)|\b(?:Macintosh|macOS|OS X)\b.*\bCFNetwork\//

/** The system in a user agent. */
const agentSystem = (userAgent: string, parsed: ParsedSystem): System => {
  if (MAC_PROGRAM.test(userAgent)) return { os: "macOS", osVersion: short(/\b(?:macOS|OS X)[ /](\d+(?:\.\d+)?)/.exec(userAgent)?.[1]) }
  if (parsed.name !== undefined) return { os: NAMES[parsed.name] ?? parsed.name, osVersion: short(parsed.version) }
  const [, os = "", version = ""] = WRITTEN.exec(userAgent) ?? []
  return { os, osVersion: short(version.replace("_", ".")) }
}

/** Windows 10 and 11 both are `Windows NT 10.0`; the hint counts on (https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11). */
const windowsVersion = (hint: string): string => {
  const [major = 0, minor = 0] = hint.split(".").map(Number)
  if (major >= 13) return "11"
  if (major > 0) return "10"
  return { 1: "7", 2: "8", 3: "8.1" }[minor] ?? ""
}

/** Systems as which others pose, or whose version is frozen, in a user agent; any other system that it names is one that the hints do not know. */
const FROZEN = new Set(["", "Windows", "macOS", "Android", "Chrome OS", "Linux"])
const HINTED = new Set(["Windows", "macOS", "Android", "Chrome OS", "iOS"])

const hintedSystem = (agent: System, client: LoggedClient): System => {
  const platform = headerText(client.platform)
  const name = NAMES[platform] ?? platform
  // "Linux" is also what browsers of televisions and of phones in desktop mode say.
  if (!FROZEN.has(agent.os) || !(HINTED.has(name) || (name === "Linux" && agent.os === ""))) return agent
  const hint = /^\d+(?:\.\d+)*/.exec(headerText(client.platformVersion))?.[0] ?? ""
  if (hint === "") return agent.os === name ? agent : { os: name, osVersion: "" }
  return { os: name, osVersion: name === "Windows" ? windowsVersion(hint) : short(hint).replace(/\.0$/, "") }
}

/** The version in `iPadOS 17_5`, or Safari's, which is the system's; what calls itself a Mac is version 13 or later. */
const hiddenVersion = (userAgent: string): string => {
  const found = /\biPadOS (\d+(?:_\d+)?)/.exec(userAgent) ?? /\bVersion\/(\d+(?:\.\d+)?)/.exec(userAgent)
  const version = (found?.[1] ?? "").replace("_", ".")
  return Number.parseFloat(version) >= 13 ? version : ""
}

/** The system of an iPad: called iOS up to version 12. */
const ipadSystem = (userAgent: string, { os, osVersion }: System): System => {
  if (os === "macOS") return { os: "iPadOS", osVersion: hiddenVersion(userAgent) }
  return { os: Number.parseFloat(osVersion) < 13 ? "iOS" : "iPadOS", osVersion }
}

/** The system of a client, by its hints where they know more than its user agent, whose system is given as ua-parser-js reads it. */
export const systemOf = (userAgent: string, parsed: ParsedSystem, { client, isIpad, type }: Told): System => {
  const agent = agentSystem(userAgent, parsed)
  if (isIpad) return ipadSystem(userAgent, agent)
  if (type === "smarttv") return agent.os === "iOS" || agent.os === "macOS" ? { os: "tvOS", osVersion: "" } : agent
  if (headerText(client.model) === "Xbox") return { os: "Xbox", osVersion: "" }
  return hintedSystem(agent, client)
}
