/** What a click parameter says about the click. fbclid and igshid are added to every outgoing link, paid or not. */
export type ClickKind = "search ad" | "social ad" | "display ad" | "search" | "social" | "email"

/** A network that marks the clicks that it sends. */
export interface ClickNetwork {
  readonly kind: ClickKind
  /** The name of the source. */
  readonly source: string
}

const of = (kind: ClickKind, source: string): ClickNetwork => ({ kind, source })

/** Parameters that networks add to the address of a clicked link, lower case. */
export const CLICK_PARAMETERS: ReadonlyMap<string, ClickNetwork> = new Map([
  ["gclid", of("search ad", "Google")],
  ["gbraid", of("search ad", "Google")],
  ["wbraid", of("search ad", "Google")],
  ["msclkid", of("search ad", "Bing")],
  ["yclid", of("search ad", "Yandex")],
  ["dclid", of("display ad", "Google")],
  ["ttclid", of("social ad", "TikTok")],
  ["twclid", of("social ad", "X")],
  ["li_fat_id", of("social ad", "LinkedIn")],
  ["rdt_cid", of("social ad", "Reddit")],
  ["sccid", of("social ad", "Snapchat")],
  ["epik", of("social ad", "Pinterest")],
  ["qclid", of("social ad", "Quora")],
  ["srsltid", of("search", "Google")],
  ["ysclid", of("search", "Yandex")],
  ["fbclid", of("social", "Facebook")],
  ["igshid", of("social", "Instagram")],
  ["igsh", of("social", "Instagram")],
  ["mibextid", of("social", "Facebook")],
  ["mc_eid", of("email", "Mailchimp")],
  ["mc_cid", of("email", "Mailchimp")],
  ["_hsenc", of("email", "HubSpot")],
  ["_hsmi", of("email", "HubSpot")],
  ["mkt_tok", of("email", "Marketo")],
  ["vero_id", of("email", "Vero")],
  ["_ke", of("email", "Klaviyo")],
  ["oly_anon_id", of("email", "Omeda")],
  ["oly_enc_id", of("email", "Omeda")],
  ["__s", of("email", "Drip")],
  ["ml_subscriber", of("email", "MailerLite")],
  ["ml_subscriber_hash", of("email", "MailerLite")],
])
