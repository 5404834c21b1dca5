import type { Click } from "./clicks.ts"
import type { SourceKind } from "./sources/table.ts"

/** The kind of source. The names and, where it has one, the rule of a channel are those of Google Analytics 4's default channel group. */
export type Channel =
  | "Direct"
  | "Organic Search"
  | "Paid Search"
  | "Organic Social"
  | "Paid Social"
  | "Organic Video"
  | "Paid Video"
  | "Organic Shopping"
  | "Paid Shopping"
  | "AI Assistant"
  | "Email"
  | "Referral"
  | "Display"
  | "Affiliates"
  | "Audio"
  | "SMS"
  | "Push"
  | "Cross-network"
  | "Paid Other"
  | "Other"

/** What is known about the way by which a visit came. */
export interface Clues {
  /** `utm_medium` in lower case; empty without. */
  readonly medium: string
  /** `utm_campaign` in lower case; empty without. */
  readonly campaign: string
  /** Of the source; undefined when it is none that we know. */
  readonly kind: SourceKind | undefined
  /** The name of the source says that the click was paid for. */
  readonly paid: boolean
  readonly click: Click | undefined
  /** The address carries a campaign parameter. */
  readonly tagged: boolean
  /** Another site referred. */
  readonly referred: boolean
}

const PAID = /^(?:.*cp.*|ppc|sem|retargeting|remarketing|paid.*|.*[ _-]paid|ads?)$/
const DISPLAY = /^(?:display|banner|expandable|interstitial|cpm)$/
const EMAIL = /^(?:e[-_ ]?mails?|e?[-_ ]?newsletters?)$/
const AFFILIATES = /^(?:affiliates?|partners?)$/
const AUDIO = /^(?:audio|podcasts?)$/
const SMS = /^(?:sms|mms|text[-_ ]?messages?)$/
const PUSH = /push$|mobile|notification/
const SOCIAL = /^(?:social|social[-_ ]?(?:network|media)|sm)$/
const VIDEO = /video/
const ASSISTANT = /^(?:ai|llm|ai[-_ ]?(?:assistants?|chat|search)|chatbots?)$/
const REFERRAL = /^(?:referral|app|link)$/
const SHOP = /(?:^|[^a-df-z])shop|shopping/

const PAID_BY_KIND: Partial<Readonly<Record<SourceKind, Channel>>> = {
  shopping: "Paid Shopping",
  search: "Paid Search",
  social: "Paid Social",
  video: "Paid Video",
}

const BY_CLICK: Readonly<Record<Click["kind"], Channel>> = {
  "search ad": "Paid Search",
  "social ad": "Paid Social",
  "display ad": "Display",
  affiliate: "Affiliates",
  email: "Email",
  search: "Organic Search",
  social: "Organic Social",
}

/** A paid medium that names its kind (`paid_social`), for sources that we do not know. */
const paidByMedium = (medium: string): Channel => {
  if (DISPLAY.test(medium)) return "Display"
  if (medium.includes("social")) return "Paid Social"
  if (medium.includes("video")) return "Paid Video"
  if (medium.includes("shop")) return "Paid Shopping"
  return medium === "sem" || medium.includes("search") ? "Paid Search" : "Paid Other"
}

const paid = ({ kind, campaign, medium }: Clues): Channel => {
  if (kind === "shopping" || SHOP.test(campaign)) return "Paid Shopping"
  return (kind === undefined ? undefined : PAID_BY_KIND[kind]) ?? paidByMedium(medium)
}

/** What a medium says by itself, whatever the source. */
const declared = (medium: string): Channel | undefined => {
  if (DISPLAY.test(medium)) return "Display"
  if (EMAIL.test(medium)) return "Email"
  if (AFFILIATES.test(medium)) return "Affiliates"
  if (AUDIO.test(medium)) return "Audio"
  if (SMS.test(medium)) return "SMS"
  return PUSH.test(medium) ? "Push" : undefined
}

const isUnpaid = (medium: string): boolean =>
  medium === "organic" || SOCIAL.test(medium) || VIDEO.test(medium) || REFERRAL.test(medium) || ASSISTANT.test(medium)

/** A click on an advertisement is paid for like a paid medium, unless the site says otherwise or names its own mail. */
const clicked = ({ medium, kind, click, paid: named }: Clues): Channel | undefined => {
  if (isUnpaid(medium) || kind === "email") return undefined
  const byKind = kind === undefined ? undefined : PAID_BY_KIND[kind]
  if (named) return byKind ?? "Paid Other"
  if (click === undefined) return undefined
  if (click.kind === "search ad" || click.kind === "social ad") return byKind ?? BY_CLICK[click.kind]
  return click.kind === "display ad" || click.kind === "affiliate" || click.kind === "email" ? BY_CLICK[click.kind] : undefined
}

const unpaid = ({ kind, medium, campaign }: Clues): Channel | undefined => {
  if (kind === "ai" || ASSISTANT.test(medium)) return "AI Assistant"
  if (kind === "shopping" || (kind !== "email" && SHOP.test(campaign))) return "Organic Shopping"
  if (kind === "social" || SOCIAL.test(medium)) return "Organic Social"
  if (kind === "video" || VIDEO.test(medium)) return "Organic Video"
  if (kind === "search" || medium === "organic") return "Organic Search"
  if (REFERRAL.test(medium)) return "Referral"
  if (kind === "email") return "Email"
  if (kind === "sms") return "SMS"
  if (kind === "push") return "Push"
  if (kind === "display") return "Display"
  return undefined
}

/**
 * Decides the channel; the first rule that fits wins, in the order of Google Analytics 4. What the site itself declared
 * (`utm_medium`) is asked before what the network declared (a click id), and both before what the source suggests.
 */
export const channelOf = (clues: Clues): Channel => {
  const { medium, campaign, click, tagged, referred } = clues
  if (campaign.includes("cross-network")) return "Cross-network"
  if (PAID.test(medium)) return paid(clues)
  const channel = declared(medium) ?? clicked(clues) ?? unpaid(clues)
  if (channel !== undefined) return channel
  if (click !== undefined) return BY_CLICK[click.kind]
  if (tagged) return "Other"
  return referred ? "Referral" : "Direct"
}
