import { displayHost } from "./displayHost.ts"
import { CLICK_PARAMETERS, type ClickKind } from "./clicks.ts"
import type { Page } from "./Page.ts"
import { scrub } from "./scrub.ts"
import { bareHost, sourceOfHost, sourceOfTag, type SourceKind } from "./sources.ts"

/** The kind of source: the default channel groups of GA4, and AI Assistant. */
export type Channel =
  | "Direct"
  | "Cross-network"
  | "Paid Shopping"
  | "Paid Search"
  | "Paid Social"
  | "Paid Video"
  | "Display"
  | "Paid Other"
  | "Organic Shopping"
  | "Organic Social"
  | "Organic Video"
  | "Organic Search"
  | "AI Assistant"
  | "Referral"
  | "Email"
  | "Affiliates"
  | "Audio"
  | "SMS"
  | "Push"
  | "Other"

/** Where a visit came from. */
export interface Origin {
  /** The referring page without query and fragment; empty when there is none or it is our own. */
  readonly referrer: string
  /** `utm_source`, else who sent the click, else the referrer's host without `www.`, each by its known name (`fb` and facebook.com are Facebook); empty = direct. */
  readonly source: string
  readonly channel: Channel
}

const PAID = /^(?:.*cp.*|ppc|sem|retargeting|remarketing|paid.*|.*[_-]paid|(?:.*[_ -])?ads?)$/
const DISPLAY = /^(?:display|banner|expandable|interstitial|cpm)$/
const SOCIAL = /^(?:social|social[-_ ]?(?:network|media)|sm)$/
const SHOPPING_CAMPAIGN = /(?:^|[^a-df-z])shop|shopping/
const VIDEO = /video/
const EMAIL = /^(?:e[-_ ]?mail|newsletter|mail)$/
const AFFILIATE = /^(?:affiliates?|partner)$/
const REFERRAL = /^(?:referral|app|link)$/
const PUSH = /push$|mobile|notification/
const BY_KIND: Readonly<Record<SourceKind, Channel>> = {
  search: "Organic Search",
  shopping: "Organic Shopping",
  social: "Organic Social",
  video: "Organic Video",
  email: "Email",
  ai: "AI Assistant",
  dev: "Referral",
}

const PAID_BY_KIND: Readonly<Partial<Record<SourceKind, Channel>>> = {
  shopping: "Paid Shopping",
  search: "Paid Search",
  social: "Paid Social",
  video: "Paid Video",
}

const BY_CLICK: Readonly<Record<ClickKind, Channel>> = {
  "search ad": "Paid Search",
  "social ad": "Paid Social",
  "display ad": "Display",
  search: "Organic Search",
  social: "Organic Social",
  email: "Email",
}

interface Clues {
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly kind: SourceKind | undefined
  readonly click: ClickKind | undefined
  readonly tagged: boolean
  readonly referred: boolean
}

/** The channel that the site itself declares, in the order in which GA4 asks; undefined when it declares none. */
const declaredChannel = ({ source, medium, campaign, kind }: Clues): Channel | undefined => {
  const isShopping = kind === "shopping" || SHOPPING_CAMPAIGN.test(campaign)
  if (campaign.includes("cross-network")) return "Cross-network"
  if (PAID.test(medium)) {
    const paid = isShopping ? "Paid Shopping" : kind === undefined ? undefined : PAID_BY_KIND[kind]
    if (paid !== undefined) return paid
    if (DISPLAY.test(medium)) return "Display"
    return medium.includes("social") ? "Paid Social" : medium.includes("search") || medium === "sem" ? "Paid Search" : "Paid Other"
  }
  if (DISPLAY.test(medium)) return "Display"
  if (EMAIL.test(medium) || EMAIL.test(source)) return "Email"
  if (AFFILIATE.test(medium)) return "Affiliates"
  if (medium === "audio") return "Audio"
  if (medium === "sms" || source === "sms") return "SMS"
  if (PUSH.test(medium) || source === "firebase") return "Push"
  if (SOCIAL.test(medium)) return "Organic Social"
  if (VIDEO.test(medium)) return "Organic Video"
  if (medium === "organic") return kind === undefined ? "Organic Search" : BY_KIND[kind]
  if (isShopping) return "Organic Shopping"
  if (REFERRAL.test(medium)) return kind === undefined ? "Referral" : BY_KIND[kind]
  return undefined
}

/**
 * Decides the channel; the first rule that fits wins. What the site itself declares (utm_medium) is asked before what the
 * network declares (a click id), and both before what the referrer suggests.
 */
const channelOf = (clues: Clues): Channel => {
  const { kind, click, tagged, referred } = clues
  const declared = declaredChannel(clues)
  if (declared !== undefined) return declared
  if (click !== undefined && click !== "social" && click !== "search") return BY_CLICK[click]
  if (kind !== undefined) return BY_KIND[kind]
  if (click !== undefined) return BY_CLICK[click]
  if (tagged) return "Other"
  return referred ? "Referral" : "Direct"
}

/** Places on the web and apps; an extension or a file is no place that a visit comes from. */
const isPlace = (protocol: string): boolean =>
  protocol === "https:" || protocol === "http:" || protocol === "android-app:" || protocol === "ios-app:"

/** Where a visit that begins on `page` with this `document.referrer` came from. A referrer on the page's own host is internal: direct. */
export const originOf = (page: Page, referrer: string): Origin => {
  const parsed = referrer === "" ? null : URL.parse(referrer)
  const host = parsed === null || !isPlace(parsed.protocol) ? "" : parsed.hostname.toLowerCase().replace(/\.$/, "")
  const foreign = host !== "" && bareHost(host) !== bareHost(page.hostname)
  const known = foreign ? sourceOfHost(host) : undefined
  const { source, medium, campaign } = page.utm
  const tag = source === "" ? undefined : sourceOfTag(source)
  const click = CLICK_PARAMETERS.get(page.clickId)
  const isAd = click !== undefined && click.kind.endsWith("ad")
  // An ad's click says more than the place where it was shown.
  const untagged = isAd ? click.source : foreign ? (known?.name ?? displayHost(bareHost(host))) : (click?.source ?? "")
  return {
    referrer: foreign && parsed !== null ? `${parsed.protocol}//${parsed.host}${scrub(parsed.pathname)}`.slice(0, 2_048) : "",
    source: source === "" ? untagged : (tag?.name ?? foldTag(source)),
    channel: channelOf({
      source: source.toLowerCase(),
      medium: medium.toLowerCase(),
      campaign: campaign.toLowerCase(),
      kind: source === "" ? (isAd ? undefined : known?.kind) : (tag?.kind ?? (isSilent(source, medium) ? known?.kind : undefined)),
      click: click?.kind,
      tagged: source !== "" || medium !== "" || campaign !== "",
      referred: foreign,
    }),
  }
}

/** A tag that names no known source and says no medium leaves it to the referrer what kind of place it was. */
const isSilent = (source: string, medium: string): boolean => source !== "" && medium === ""

/** One spelling for what is written in several: an address is its host, a word in any case is the word in lower case. */
const foldTag = (source: string): string => {
  const text = source
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "")
  return /^[a-z0-9.-]+\.[a-z]{2,}$/.test(text) ? bareHost(text) : text
}
