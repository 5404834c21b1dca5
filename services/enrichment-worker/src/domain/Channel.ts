import { CLICK_PARAMETERS } from "./clicks.ts"
import type { Page } from "./Page.ts"
import { sourceOfHost, sourceOfTag, type SourceKind } from "./sources.ts"

/** The kind of source. */
export type Channel =
  | "Direct"
  | "Organic Search"
  | "Paid Search"
  | "Organic Social"
  | "Paid Social"
  | "Email"
  | "Referral"
  | "AI Assistant"
  | "Display"
  | "Affiliates"
  | "Other"

/** Where a visit came from. */
export interface Origin {
  /** The referring page without query and fragment; empty when there is none or it is our own. */
  readonly referrer: string
  /** `utm_source`, else the referrer's host without `www.`, each by its known name (`fb` and facebook.com are Facebook); empty = direct. */
  readonly source: string
  readonly channel: Channel
}

const bare = (host: string): string => (host.startsWith("www.") ? host.slice(4) : host)

const PAID = /^(?:.*cp[acpv]|ppc|sem|retargeting|remarketing|paid.*|.*[_-]paid|ads?)$/
const DISPLAY = /^(?:display|banner|expandable|interstitial|cpm)$/
const AFFILIATE = /^(?:affiliates?|partner)$/
const EMAIL = /^(?:e[-_ ]?mail|newsletter)$/
const SOCIAL = /^(?:social|social[-_ ]?(?:network|media)|sm)$/
const PAID_SEARCH = /^(?:cpc|ppc|sem|paid[-_ ]?search)$/

const paidChannel = (medium: string, kind: SourceKind | undefined): Channel => {
  if (kind === "search") return "Paid Search"
  if (kind === "social" || kind === "video" || medium.includes("social")) return "Paid Social"
  return PAID_SEARCH.test(medium) ? "Paid Search" : "Other"
}

const BY_KIND: Readonly<Record<SourceKind, Channel>> = {
  search: "Organic Search",
  social: "Organic Social",
  video: "Organic Social",
  email: "Email",
  ai: "AI Assistant",
  dev: "Referral",
}

interface Clues {
  readonly medium: string
  readonly kind: SourceKind | undefined
  readonly clickId: string
  readonly tagged: boolean
  readonly referred: boolean
}

/**
 * Decides the channel; the first rule that fits wins. What the site itself declared (utm_medium) is asked before what the
 * network declared (a click id), and both before what the referrer suggests.
 */
const channelOf = ({ medium, kind, clickId, tagged, referred }: Clues): Channel => {
  if (DISPLAY.test(medium)) return "Display"
  if (AFFILIATE.test(medium)) return "Affiliates"
  if (EMAIL.test(medium)) return "Email"
  if (PAID.test(medium)) return paidChannel(medium, kind)
  if (SOCIAL.test(medium)) return "Organic Social"
  if (medium === "organic") return "Organic Search"
  if (medium === "referral") return "Referral"
  const click = CLICK_PARAMETERS.get(clickId)
  if (click === "search ad") return "Paid Search"
  if (click === "social ad") return "Paid Social"
  if (click === "display ad") return "Display"
  if (click === "email") return "Email"
  if (kind !== undefined) return BY_KIND[kind]
  if (click === "social") return "Organic Social"
  if (tagged) return "Other"
  return referred ? "Referral" : "Direct"
}

/** Where a visit that begins on `page` with this `document.referrer` came from. A referrer on the page's own host is internal: direct. */
export const originOf = (page: Page, referrer: string): Origin => {
  const parsed = referrer === "" ? null : URL.parse(referrer)
  const host = parsed === null ? "" : bare(parsed.hostname.toLowerCase())
  const foreign = host !== "" && host !== bare(page.hostname)
  const known = foreign ? sourceOfHost(host) : undefined
  const { source, medium, campaign } = page.utm
  const tag = sourceOfTag(source)
  const kind = tag?.kind ?? known?.kind
  const tagged = source !== "" || medium !== "" || campaign !== ""
  return {
    referrer: foreign && parsed !== null ? `${parsed.protocol}//${parsed.host}${parsed.pathname}`.slice(0, 2_048) : "",
    source: source !== "" ? (tag?.name ?? source) : foreign ? (known?.name ?? host) : "",
    channel: channelOf({ medium: medium.toLowerCase(), kind, clickId: page.clickId, tagged, referred: foreign }),
  }
}
