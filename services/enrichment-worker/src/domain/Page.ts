import { campaignOf, NO_CAMPAIGN, type Campaign } from "./campaign.ts"
import { readablePath } from "./readablePath.ts"
import { rememberingShort } from "./Recent.ts"

/** The address of an event, taken apart. All empty for an event without one. */
export interface Page extends Campaign {
  /** Without a final dot. */
  readonly hostname: string
  /** As people read it (`/größe`), with the route of a page that keeps it behind `#`: `/#/about`. */
  readonly path: string
}

const nothing: Page = { hostname: "", path: "", ...NO_CAMPAIGN }
const noNames: ReadonlyArray<string> = []

/** A fragment that is a route: `/about`, `!/about`, `!about`. */
const ROUTE = /^(!?)(\/.*)$|^(!)(.+)$/s
/** A fragment that carries parameters: `utm_source=a`, `?utm_source=a`; or the rest of a query with `&#38;` for an ampersand. */
const PARAMETERS = /^(?:\?|&|0*38;|x26;)*(?=[^=&/]+=)/i

interface Fragment {
  /** With `#` before it; empty without. */
  readonly route: string
  readonly query: string
}

const fragmentOf = (fragment: string): Fragment => {
  const [, bang = "", route, onlyBang = "", word] = ROUTE.exec(fragment) ?? []
  const text = route ?? (word === undefined ? undefined : `/${word}`)
  if (text === undefined) return { route: "", query: PARAMETERS.test(fragment) ? fragment.replace(PARAMETERS, "") : "" }
  const end = text.indexOf("?")
  const path = readablePath(end < 0 ? text : text.slice(0, end))
  return { route: `#${bang || onlyBang}${path}`, query: end < 0 ? "" : text.slice(end + 1) }
}

/** The longest path with a route that is kept, characters. */
const MAX_PATH = 2_048

const take = (url: string, alsoKept: ReadonlyArray<string>): Page => {
  const parsed = url === "" ? null : URL.parse(url)
  if (parsed === null) return nothing
  const { hostname, pathname, search, hash } = parsed
  const host = hostname.endsWith(".") ? hostname.slice(0, -1) : hostname
  const path = readablePath(pathname)
  if (search === "" && hash === "") return { hostname: host, path, ...NO_CAMPAIGN }
  const { route, query } = fragmentOf(hash.slice(1))
  const queries = [search.slice(1), query].filter((text) => text !== "")
  const campaign = queries.length === 0 ? NO_CAMPAIGN : campaignOf(queries, alsoKept)
  return { hostname: host, path: route === "" ? path : `${path}${route}`.slice(0, MAX_PATH), ...campaign }
}

/** Most addresses of an hour are the same few, but for their parameters. */
const known = rememberingShort<Page>(10_000, 256, (url) => take(url, noNames))

/**
 * Takes an address apart; one that does not parse is no address. `kept` are names of parameters, in small letters, whose values the project
 * stores besides those stored for all; what identifies a visitor is never stored.
 */
export const pageOf = (url: string, kept: ReadonlyArray<string> = noNames): Page =>
  kept.length > 0 || url.includes("?") ? take(url, kept) : known(url)
