import { ALIASES, KNOWN, type SourceKind } from "./sources/known.ts"

export type { SourceKind } from "./sources/known.ts"

/** A place that visitors are known to come from. */
export interface KnownSource {
  readonly name: string
  readonly kind: SourceKind | undefined
}

/** Sources that are no place but a way of sending. */
const SENT: ReadonlySet<string> = new Set(["Newsletter", "Email"])

const NATIONAL_END = /^(?:com?\.|org\.|net\.)?[a-z]{2,3}$/

const exact = new Map<string, KnownSource>()
/** Hosts that stand for their subdomains. */
const whole = new Map<string, KnownSource>()
/** Hosts without their national ending, with the dot. */
const national = new Map<string, { readonly source: KnownSource; readonly subdomains: boolean }>()
const byName = new Map<string, KnownSource>()

for (const [kind, entries] of Object.entries(KNOWN) as ReadonlyArray<[SourceKind, (typeof KNOWN)[SourceKind]]>)
  for (const [name, ...hosts] of entries) {
    const source = { name, kind }
    byName.set(name.toLowerCase(), source)
    for (const host of hosts) {
      const subdomains = kind !== "search" && kind !== "email"
      if (host.endsWith(".*")) national.set(host.slice(0, -1), { source, subdomains })
      else (subdomains ? whole : exact).set(host, source)
    }
  }
for (const [alias, name] of Object.entries(ALIASES))
  byName.set(alias, byName.get(name.toLowerCase()) ?? { name, kind: SENT.has(name) ? "email" : undefined })

/** A host as a source shows it: without `www.` and `m.`, in lower case, without a final dot. */
export const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^(?:www\d?|m|amp)\.(?=[^.]+\.)/, "")

const ofNational = (host: string): KnownSource | undefined => {
  for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) {
    const found = national.get(host.slice(0, dot + 1))
    if (found !== undefined && NATIONAL_END.test(host.slice(dot + 1))) return found.source
  }
  // A subdomain of a place that stands for them: `smile.amazon.de`.
  const [, ...rest] = host.split(".")
  if (rest.length < 2) return undefined
  const parent = rest.join(".")
  const dot = parent.indexOf(".")
  const found = national.get(parent.slice(0, dot + 1))
  return found?.subdomains === true && NATIONAL_END.test(parent.slice(dot + 1)) ? found.source : ofCountry(parent)
}

/** A search engine that puts the country in front: `de.search.yahoo.com`. */
const ofCountry = (parent: string): KnownSource | undefined =>
  parent === "search.yahoo.com" ? byName.get("yahoo") : parent === "mail.yahoo.com" ? byName.get("yahoo mail") : undefined

/** Webmail of a provider that is not listed, by what such hosts are called everywhere. */
const WEBMAIL = /^(?:webmail|roundcube|zimbra|owa)\d*\./

/** The known source that a host or an app belongs to: itself, else the nearest parent domain that stands for it. */
export const sourceOfHost = (host: string): KnownSource | undefined => {
  const bare = bareHost(host)
  const own = exact.get(bare) ?? exact.get(host)
  if (own !== undefined) return own
  const found = ofNational(bare)
  if (found !== undefined) return found
  for (let rest = bare; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) {
    const known = whole.get(rest)
    if (known !== undefined) return known
  }
  return WEBMAIL.test(bare) ? { name: bare, kind: "email" } : undefined
}

/** What ad systems append to a name: `Facebook_Mobile_Feed`, `Instagram_Stories`. */
const PLACEMENT = /^(facebook|instagram|messenger|threads|google|bing|youtube|tiktok|linkedin|pinterest|snapchat|reddit)[ _-]/

/** The known source that is meant by a `utm_source`: its name, an alias, what an ad system fills in, or a host, in any case. */
export const sourceOfTag = (tag: string): KnownSource | undefined => {
  const name = tag
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "")
  const known = byName.get(name) ?? byName.get(name.replaceAll(/[_-]/g, " ")) ?? (name.includes(".") ? sourceOfHost(name) : undefined)
  if (known !== undefined) return known
  const placed = PLACEMENT.exec(name)?.[1]
  return placed === undefined ? undefined : byName.get(ALIASES[placed]?.toLowerCase() ?? placed)
}
