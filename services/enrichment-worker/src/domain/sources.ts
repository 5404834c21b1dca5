import { AD_ALIASES, ALIASES, KINDS_BY_NAME, PAID_PARTS, PARTS, WORDS } from "./sources/aliases.ts"
import { APPS } from "./sources/apps.ts"
import { EMAIL } from "./sources/email.ts"
import { AD_HOSTS, AI, DISPLAY, OTHER, SHOPPING, VIDEO } from "./sources/places.ts"
import { SEARCH } from "./sources/search.ts"
import { SOCIAL } from "./sources/social.ts"
import type { Hosts, SourceKind } from "./sources/table.ts"

/** A place that visitors are known to come from. */
export interface KnownSource {
  readonly name: string
  readonly kind: SourceKind
  /** The way in which it was named says that the click was paid for. */
  readonly paid: boolean
}

const tables: ReadonlyArray<readonly [SourceKind, Hosts]> = [
  ["search", SEARCH],
  ["social", SOCIAL],
  ["video", VIDEO],
  ["shopping", SHOPPING],
  ["email", EMAIL],
  ["ai", AI],
  ["display", DISPLAY],
  ["other", OTHER],
]

/** Hosts, or hosts with their subdomains. The names under national ends are kept without the end. */
interface Places {
  readonly hosts: Map<string, KnownSource>
  readonly national: Map<string, KnownSource>
}

const alone: Places = { hosts: new Map(), national: new Map() }
const withSubdomains: Places = { hosts: new Map(), national: new Map() }
const apps = new Map<string, KnownSource>()
/** By what a `utm_source` may say. */
const tags = new Map<string, KnownSource>()
const byName = new Map<string, KnownSource>()

/** A name without case and without what stands between its words. */
const together = (name: string): string => name.toLowerCase().replaceAll(/[\s_.-]+/g, "")
const words = (text: string): ReadonlyArray<string> => text.split(" ")

const enterHosts = (patterns: string, source: KnownSource): void => {
  for (const pattern of words(patterns)) {
    const places = pattern.startsWith(".") ? withSubdomains : alone
    const host = pattern.startsWith(".") ? pattern.slice(1) : pattern
    if (host.endsWith(".*")) places.national.set(host.slice(0, -2), source)
    else places.hosts.set(host, source)
  }
}

const enterName = (source: KnownSource): void => {
  byName.set(source.name, source)
  const tag = together(source.name)
  if (!WORDS.has(tag) && !tags.has(tag)) tags.set(tag, source)
}

const named = (name: string): KnownSource => {
  const source = byName.get(name)
  if (source === undefined) throw new Error(`No source is called ${name}`)
  return source
}

for (const [kind, hosts] of tables) {
  for (const [name, patterns] of Object.entries(hosts)) {
    const source = { name, kind, paid: false }
    enterName(source)
    enterHosts(patterns, source)
  }
}
for (const [kind, sources] of Object.entries(KINDS_BY_NAME) as ReadonlyArray<[SourceKind, ReadonlyArray<string>]>)
  for (const name of sources) enterName({ name, kind, paid: false })
for (const [name, aliases] of Object.entries(ALIASES)) for (const alias of words(aliases)) tags.set(alias, named(name))
for (const [name, aliases] of Object.entries(AD_ALIASES))
  for (const alias of words(aliases)) tags.set(alias, { ...named(name), paid: true })
for (const [name, patterns] of Object.entries(AD_HOSTS)) enterHosts(patterns, { ...named(name), paid: true })
for (const [name, packages] of Object.entries(APPS)) for (const app of words(packages)) apps.set(app, named(name))

/** A name of a country's own under which a company has its site: google.de, google.co.uk, google.com.br, google.cat. */
const NATIONAL = /^(.+?)\.(?:(?:com?|it)\.[a-z]{2}|com|[a-z]{2}|cat)$/
/** Subdomains of any site that are not the site that people know by its name. */
const SERVICE = /^(?:accounts?|log-?in|sign-?in|auth|ads|adsmanager|developers?|docs|support|help|careers|jobs|status|api|console|admin)$/
/** A host with such a name, below a domain, is where mail is read. */
const WEBMAIL = /^(?:webmail|mail|email|roundcube|zimbra)\d*\.[^.]+\./

const withParents = (host: string, known: ReadonlyMap<string, KnownSource>): KnownSource | undefined => {
  for (let rest = host; rest !== "";) {
    const source = known.get(rest)
    const end = rest.indexOf(".")
    // What stands between the known host and this one's beginning is its subdomain.
    if (source !== undefined) return rest === host || !SERVICE.test(host.slice(0, host.indexOf("."))) ? source : undefined
    rest = end < 0 ? "" : rest.slice(end + 1)
  }
  return undefined
}

const sourceOfName = (host: string): KnownSource | undefined => {
  const known = alone.hosts.get(host) ?? withParents(host, withSubdomains.hosts)
  if (known !== undefined) return known
  const name = NATIONAL.exec(host)?.[1]
  return name === undefined ? undefined : (alone.national.get(name) ?? withParents(name, withSubdomains.national))
}

const MOBILE = /^(?:m|mobile|touch)\./

/** The known source that a host, in lower case, belongs to. A webmail that is not in the table bears its own name. */
export const sourceOfHost = (host: string): KnownSource | undefined => {
  const bare = withoutWww(host)
  const known = sourceOfName(bare) ?? (MOBILE.test(bare) ? sourceOfName(bare.slice(bare.indexOf(".") + 1)) : undefined)
  return known ?? (WEBMAIL.test(bare) ? { name: bare, kind: "email", paid: false } : undefined)
}

/** The known source of an app, by its package name. */
export const sourceOfApp = (app: string): KnownSource | undefined => {
  for (let rest = app.toLowerCase(); rest !== ""; rest = rest.slice(0, Math.max(rest.lastIndexOf("."), 0))) {
    const source = apps.get(rest)
    if (source !== undefined) return source
  }
  return undefined
}

/** A host without `www.` (`www2.`, `m.` and `amp.` too): the site is the same. */
export const withoutWww = (host: string): string => host.replace(/^(?:www\d*|m|amp)\.(?=.*\.)/, "")

const partOf = (text: string): KnownSource | undefined => {
  const [first = "", ...parts] = text.split(/[\s_\-./]+/)
  const source = tags.get(first)
  if (source === undefined || parts.length === 0 || !parts.every((part) => PARTS.has(part))) return undefined
  return parts.some((part) => PAID_PARTS.has(part)) ? { ...source, paid: true } : source
}

/** A source as people mean it who write its scheme, `www.`, its path or other capitals: in one spelling. */
export const spelledOnce = (tag: string): string => {
  const text = tag.trim().toLowerCase().replaceAll(/\s+/g, " ")
  const place = text.replace(/^(?:https?:)?\/\//, "")
  const host = /^[^\s/]+\.[^\s/.]{2,}(?=\/|$)/.exec(place)?.[0]
  return host === undefined ? place : withoutWww(host)
}

/** The known source that somebody meant by a `utm_source` that is {@link spelledOnce}: its name, an alias, a part of it, or a host. */
export const sourceOfTag = (spelled: string): KnownSource | undefined =>
  tags.get(together(spelled)) ?? partOf(spelled) ?? sourceOfHost(spelled) ?? sourceOfApp(spelled)
