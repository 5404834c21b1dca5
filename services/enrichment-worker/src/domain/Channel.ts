import { type Channel, channelOf } from "./channelRules.ts"
import { type Click, CLICK_PARAMETERS } from "./clicks.ts"
import { displayHost } from "./displayHost.ts"
import type { Page } from "./Page.ts"
import { readablePath } from "./readablePath.ts"
import { rememberingShort } from "./Recent.ts"
import { type KnownSource, sourceOfApp, sourceOfHost, sourceOfTag, spelledOnce, withoutWww } from "./sources.ts"

/** Where a visit came from. */
export interface Origin {
  /** The referring page without query and fragment; empty when there is none or it is our own. */
  readonly referrer: string
  /** `utm_source`, else a click parameter's network, else the referrer's host, each by its known name; empty = direct. */
  readonly source: string
  readonly channel: Channel
}

interface Referrer {
  readonly address: string
  /** Empty when there is none. */
  readonly host: string
  /** The host by which it is compared with a page's: as it is sent, without `www.`; empty for an app. */
  readonly site: string
  readonly known: KnownSource | undefined
}

const MAX_REFERRER = 2_048
const none: Referrer = { address: "", host: "", site: "", known: undefined }

const siteOf = (hostname: string): string => withoutWww(hostname.endsWith(".") ? hostname.slice(0, -1) : hostname)

const readReferrer = (text: string): Referrer => {
  const parsed = text === "" ? null : URL.parse(text)
  if (parsed === null || parsed.hostname === "") return none
  const { protocol, port, pathname } = parsed
  const address = (host: string) => `${protocol}//${host}${port === "" ? "" : `:${port}`}${readablePath(pathname)}`.slice(0, MAX_REFERRER)
  if (protocol === "android-app:" || protocol === "ios-app:") {
    const app = parsed.hostname.toLowerCase()
    return { address: address(app), host: app, site: "", known: sourceOfApp(app) }
  }
  if (protocol !== "https:" && protocol !== "http:") return none
  const site = siteOf(parsed.hostname)
  const shown = displayHost(parsed.hostname)
  return { address: address(shown), host: withoutWww(shown), site, known: sourceOfHost(site) }
}

const known = rememberingShort<Referrer>(5_000, 256, readReferrer)

/** Pages on the web and apps refer; extensions of the browser, files and blank pages are no place, and the page's own site is none either. */
const referrerOf = (text: string, page: Page): Referrer => {
  const referrer = known(text)
  return referrer.site !== "" && referrer.site === siteOf(page.hostname) ? none : referrer
}

/** What analytics write for a value that there is none of. */
const BLANK = /^\(?(?:none|not[ _-]set|null|undefined|direct)\)?$/

const mediumOf = (medium: string): string => {
  const folded = medium.trim().toLowerCase()
  return BLANK.test(folded) ? "" : folded
}

interface Declared {
  readonly source: string
  readonly known: KnownSource | undefined
}

const undeclared: Declared = { source: "", known: undefined }

/** A source that stands in `utm_source`: its known name, else in small letters, so that one source has one spelling. */
const declaredBy = rememberingShort<Declared>(5_000, 256, (tag) => {
  const spelled = spelledOnce(tag)
  if (spelled === "" || BLANK.test(spelled)) return undeclared
  const source = sourceOfTag(spelled)
  return { source: source?.name ?? (spelled.includes("xn--") ? displayHost(spelled) : spelled), known: source }
})

const HOST = /^[^\s/]+\.[\p{L}]{2,}$/u

/** `ref` and `source` are used for other things, too: they name a source when it is one that we know or a host, and not our own. */
const referredBy = (ref: string, page: Page): Declared => {
  const declared = ref.length < 3 ? undeclared : declaredBy(ref)
  if (declared.known === undefined && !HOST.test(declared.source)) return undeclared
  return withoutWww(declared.source) === siteOf(page.hostname) ? undeclared : declared
}

const isAd = (click: Click | undefined): boolean => click !== undefined && click.kind.endsWith(" ad")

/** The source that a click parameter names: an advertisement's always, another's when no page referred; a mailer's unless a webmail did. */
const networkOf = (click: Click | undefined, referrer: Referrer): string => {
  if (click === undefined) return ""
  const unsaid = click.kind === "email" ? referrer.known?.kind !== "email" : referrer.host === ""
  return isAd(click) || unsaid ? click.network : ""
}

/** Where a visit that begins on `page` with this `document.referrer` came from. A referrer on the page's own host is internal: direct. */
export const originOf = (page: Page, referrer: string): Origin => {
  const from = referrerOf(referrer, page)
  const { utm } = page
  const tag = utm.source === "" ? undeclared : declaredBy(utm.source)
  const declared = tag.source === "" ? referredBy(page.ref, page) : tag
  const medium = mediumOf(utm.medium)
  const click = CLICK_PARAMETERS.get(page.clickId)
  const network = declared.source === "" ? networkOf(click, from) : ""
  // The page that an advertisement stands on is not where its click is counted; nor is the page where a mailer's link was read.
  const seen = isAd(click) || network !== "" ? undefined : from.known
  return {
    referrer: from.address,
    source: declared.source || network || (from.known?.name ?? from.host),
    channel: channelOf({
      medium,
      campaign: utm.campaign.toLowerCase(),
      kind: (declared.known ?? seen)?.kind,
      paid: (declared.known ?? seen)?.paid ?? false,
      click: isAd(click) || click?.kind === "affiliate" || click?.kind === "email" || from.host === "" ? click : undefined,
      tagged: tag.source !== "" || medium !== "" || utm.campaign !== "",
      referred: from.host !== "" || (declared.source !== "" && tag.source === ""),
    }),
  }
}
