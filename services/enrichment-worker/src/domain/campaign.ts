import { identifies } from "@footfall/control-plane/identifiers"
import { CLICK_PARAMETERS } from "./clicks.ts"
import { scrub, withoutEmails } from "./scrub.ts"

/** Campaign parameters as the address carried them. */
export interface Utm {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly term: string
  readonly content: string
}

/** What the parameters of an address tell. */
export interface Campaign {
  /** The parameters that are kept, encoded as a query. */
  readonly query: string
  readonly utm: Utm
  /** `ref`, else `source`: often a source, but not always. The latter is not kept. */
  readonly ref: string
  /** Name of the click parameter that the address carried, lower case; empty without. Of several an advertisement's. */
  readonly clickId: string
}

const noUtm: Utm = { source: "", medium: "", campaign: "", term: "", content: "" }
/** Of an address without parameters. */
export const NO_CAMPAIGN: Campaign = { query: "", utm: noUtm, ref: "", clickId: "" }

/** Parameters that are kept of every address. */
const KEPT: ReadonlySet<string> = new Set([
  ...["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"],
  ...["utm_id", "utm_source_platform", "utm_creative_format", "utm_marketing_tactic"],
  "ref",
])

const MAX_VALUE = 200
const MAX_QUERY = 2_048

/** Control characters have no place in what people read, and some cannot be asked for. */
const CONTROLS = /[\u0000-\u001f\u007f]/g

/** Also `&amp;` and \u0026, which mailers and scripts leave in links, and a question mark that should have been an ampersand. */
const BETWEEN = /&(?:amp;|#0*38;)*|\\u0026|\?(?=[\w.-]+(?:\[\w*\])?=)/i

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      try {
        return decodeURIComponent(escapes)
      } catch {
        return escapes
      }
    })
  }
}

/** A value as it was meant: some mailers escape it twice and more. */
const valueOf = (text: string): string => {
  let value = text.replaceAll("+", " ")
  for (let times = 0; times < 3 && /%[0-9a-f]{2}/i.test(value); times++) value = unescaped(value)
  return value.replaceAll(CONTROLS, "").trim().slice(0, MAX_VALUE)
}

/** Without the marks of a list (`utm_source[]`, `utm_source[0]`). */
const nameOf = (text: string): string => {
  const name = text.includes("%") ? unescaped(text) : text
  return (name.endsWith("]") ? name.replace(/\[\w*\]$/, "") : name).toLowerCase()
}

/** The parts of a query, the plain way where nothing speaks for another one. */
const partsOf = (query: string): ReadonlyArray<string> => {
  const text = query.includes("=") || !/%3d/i.test(query) ? query : unescaped(query)
  return /[?;\\]/.test(text) ? text.split(BETWEEN) : text.split("&")
}

/** Whether a parameter may be kept with its value: never one that tells a visitor from all others. */
const isKept = (name: string, alsoKept: ReadonlyArray<string>): boolean => KEPT.has(name) || (alsoKept.includes(name) && !identifies(name))

/** Names and values of what is kept, and of `source`, in their order. Of a name that comes again the first value that is not empty counts. */
const parametersOf = (queries: ReadonlyArray<string>, alsoKept: ReadonlyArray<string>): ReadonlyMap<string, string> => {
  const parameters = new Map<string, string>()
  for (const query of queries) {
    for (const part of partsOf(query)) {
      const end = part.indexOf("=")
      const name = nameOf(end < 0 ? part : part.slice(0, end))
      if (CLICK_PARAMETERS.has(name)) parameters.set(name, "")
      else if ((parameters.get(name) ?? "") === "" && (name === "source" || isKept(name, alsoKept)))
        parameters.set(name, end < 0 ? "" : valueOf(part.slice(end + 1)))
    }
  }
  return parameters
}

const isAd = (name: string): boolean => CLICK_PARAMETERS.get(name)?.kind.endsWith(" ad") ?? false

const clickOf = (parameters: ReadonlyMap<string, string>): string => {
  let found = ""
  for (const name of parameters.keys()) if (CLICK_PARAMETERS.has(name) && (found === "" || (isAd(name) && !isAd(found)))) found = name
  return found
}

const keptOf = (parameters: ReadonlyMap<string, string>, alsoKept: ReadonlyArray<string>): string => {
  const kept: Array<string> = []
  for (const [name, value] of parameters) {
    if (CLICK_PARAMETERS.has(name) || !isKept(name, alsoKept)) continue
    const clean = name.startsWith("utm_") ? withoutEmails(value) : scrub(value)
    kept.push(`${encodeURIComponent(name)}=${encodeURIComponent(clean.toWellFormed())}`)
  }
  let length = -1
  return kept.filter((part) => (length += part.length + 1) <= MAX_QUERY).join("&")
}

/**
 * Reads the parameters of an address: the query first, then those in its fragment. Names count in any case. Only what says where
 * a visit came from is kept, and what the project adds (`alsoKept`, in small letters).
 */
export const campaignOf = (queries: ReadonlyArray<string>, alsoKept: ReadonlyArray<string>): Campaign => {
  const parameters = parametersOf(queries, alsoKept)
  if (parameters.size === 0) return NO_CAMPAIGN
  const utm = (name: string): string => withoutEmails(parameters.get(`utm_${name}`) ?? "")
  return {
    query: keptOf(parameters, alsoKept),
    utm: { source: utm("source"), medium: utm("medium"), campaign: utm("campaign"), term: utm("term"), content: utm("content") },
    ref: parameters.get("ref") || parameters.get("source") || "",
    clickId: clickOf(parameters),
  }
}
