import { parametersOf, type Parameters } from "./campaign.ts"
import { CLICK_PARAMETERS } from "./clicks.ts"
import { identifies } from "./identifiers.ts"
import { readablePath } from "./readablePath.ts"
import { scrub } from "./scrub.ts"

/** The address of an event, taken apart. All empty for an event without one. */
export interface Page {
  readonly hostname: string
  /** As people read it: `/größe`, not `/gr%C3%B6%C3%9Fe`; with the route of a page that keeps it behind `#`: `/#/about`. */
  readonly path: string
  /** Campaign parameters, `ref` and what the project keeps, without the question mark. Nothing else of the query: it may name a person. */
  readonly query: string
  readonly utm: Utm
  /** Name of the click parameter that the address carried, lower case; empty without. Its value is nowhere. */
  readonly clickId: string
}

/** Campaign parameters as the address carried them. */
export interface Utm {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly term: string
  readonly content: string
}

const noUtm: Utm = { source: "", medium: "", campaign: "", term: "", content: "" }
const nothing: Page = { hostname: "", path: "", query: "", utm: noUtm, clickId: "" }

/** The parameters whose values are kept. */
const KEPT = /^(?:utm_(?:source|medium|campaign|term|content|id|source_platform|creative_format|marketing_tactic)|ref)$/

const LONGEST_VALUE = 200

const ofParameters = (parameters: Parameters, also: ReadonlyArray<string>): Pick<Page, "query" | "utm" | "clickId"> => {
  const utm = (name: string) => scrub((parameters.get(`utm_${name}`) ?? "").slice(0, LONGEST_VALUE))
  const kept = new URLSearchParams()
  let clickId = ""
  for (const [name, value] of parameters) {
    if (clickId === "" && CLICK_PARAMETERS.has(name)) clickId = name
    if (KEPT.test(name) || (also.includes(name) && !identifies(name))) kept.append(name, scrub(value.slice(0, LONGEST_VALUE)))
  }
  const tags = { source: utm("source"), medium: utm("medium"), campaign: utm("campaign"), term: utm("term"), content: utm("content") }
  return { query: kept.toString(), utm: tags, clickId }
}

/** The route and the parameters behind `#`, of a page that keeps them there; an anchor within a page is neither. */
const ofFragment = (hash: string): { readonly route: string; readonly parameters: string } => {
  const fragment = hash.slice(1)
  const mark = fragment.indexOf("?")
  const [before, after] = mark < 0 ? [fragment, ""] : [fragment.slice(0, mark), fragment.slice(mark + 1)]
  if (/^!?\//.test(before)) return { route: `#${readablePath(before)}`, parameters: after }
  return { route: "", parameters: /^[\w[\]-]+=/.test(fragment) ? fragment : after }
}

/**
 * Takes an address apart; one that does not parse is no address. `kept` are names of parameters, in small letters, whose values the project
 * stores besides those stored for all; what identifies a visitor is never stored.
 */
export const pageOf = (url: string, kept: ReadonlyArray<string> = []): Page => {
  const parsed = url === "" ? null : URL.parse(url)
  if (parsed === null) return nothing
  const { search, hash } = parsed
  const { route, parameters } = hash === "" ? { route: "", parameters: "" } : ofFragment(hash)
  const asked = search === "" && parameters === "" ? undefined : ofParameters(parametersOf(search.slice(1), parameters), kept)
  return {
    hostname: parsed.hostname.replace(/\.$/, ""),
    path: scrub(readablePath(parsed.pathname) + route),
    query: asked?.query ?? "",
    utm: asked?.utm ?? noUtm,
    clickId: asked?.clickId ?? "",
  }
}
