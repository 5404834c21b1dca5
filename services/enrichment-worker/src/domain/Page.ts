import { CLICK_PARAMETERS } from "./clicks.ts"

/** The address of an event, taken apart. All empty for an event without one. */
export interface Page {
  readonly hostname: string
  /** Escapes resolved: `/größe`, not `/gr%C3%B6%C3%9Fe`. */
  readonly path: string
  /** Without the question mark and without click ids, which would tell one visitor from all others. */
  readonly query: string
  readonly utm: Utm
  /** Name of the click parameter that the address carried, lower case; empty without. */
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

/** Control characters have no place in what people read, and some cannot be asked for. */
const CONTROL = /[\u0000-\u001f\u007f]/
const CONTROLS = /[\u0000-\u001f\u007f]/g

const readQuery = (parameters: URLSearchParams): Pick<Page, "query" | "utm" | "clickId"> => {
  const utm = (name: string) => (parameters.get(`utm_${name}`) ?? "").replaceAll(CONTROLS, "").trim().slice(0, 200)
  const found = [...parameters.keys()].filter((name) => CLICK_PARAMETERS.has(name.toLowerCase()))
  const tags = { source: utm("source"), medium: utm("medium"), campaign: utm("campaign"), term: utm("term"), content: utm("content") }
  for (const name of found) parameters.delete(name)
  return { query: parameters.toString(), utm: tags, clickId: found[0]?.toLowerCase() ?? "" }
}

/** A path as people read it: escapes resolved, except those that would change its meaning (`%2F`) or are malformed. */
const readable = (pathname: string): string => {
  if (!pathname.includes("%")) return pathname
  try {
    const decoded = decodeURI(pathname)
    return CONTROL.test(decoded) ? pathname : decoded
  } catch {
    return pathname
  }
}

/** Takes an address apart; one that does not parse is no address. */
export const pageOf = (url: string): Page => {
  const parsed = url === "" ? null : URL.parse(url)
  if (parsed === null) return nothing
  const asked = parsed.search === "" ? undefined : readQuery(parsed.searchParams)
  return {
    hostname: parsed.hostname,
    path: readable(parsed.pathname),
    query: asked?.query ?? "",
    utm: asked?.utm ?? noUtm,
    clickId: asked?.clickId ?? "",
  }
}
