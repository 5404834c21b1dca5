/** What a click parameter says about the click. `social` is added to every outgoing link, `search` to results, paid or not. */
export type ClickKind = "search ad" | "social ad" | "display ad" | "affiliate" | "search" | "social" | "email"

/** What a click parameter tells: the kind of click, and the network that added it. */
export interface Click {
  readonly kind: ClickKind
  readonly network: string
}

const of = (kind: ClickKind, network: string, parameters: string) =>
  parameters.split(" ").map((name): readonly [string, Click] => [name, { kind, network }])

/** Parameters that networks add to the address of a clicked link, lower case. Their values tell one visitor from all others. */
export const CLICK_PARAMETERS: ReadonlyMap<string, Click> = new Map([
  ...of("search ad", "Google", "gclid gbraid wbraid gad_source gad_campaignid"),
  ...of("search ad", "Bing", "msclkid"),
  ...of("search ad", "Yandex", "yclid ymclid"),
  ...of("search ad", "Baidu", "bd_vid"),
  ...of("search ad", "Seznam", "sznclid"),
  ...of("display ad", "Google", "dclid"),
  ...of("display ad", "Taboola", "tblci"),
  ...of("display ad", "Outbrain", "obclid dicbo"),
  ...of("display ad", "Yahoo", "vmcid"),
  ...of("social ad", "TikTok", "ttclid"),
  ...of("social ad", "X", "twclid"),
  ...of("social ad", "LinkedIn", "li_fat_id"),
  ...of("social ad", "Reddit", "rdt_cid"),
  ...of("social ad", "Snapchat", "sccid"),
  ...of("social ad", "Pinterest", "epik"),
  ...of("social ad", "Quora", "qclid"),
  ...of("social ad", "LINE", "ldtag_cl"),
  ...of("affiliate", "Impact", "irclickid"),
  ...of("affiliate", "CJ", "cjevent"),
  ...of("affiliate", "Awin", "awc"),
  ...of("affiliate", "ShareASale", "sscid"),
  ...of("affiliate", "Rakuten Advertising", "ransiteid"),
  ...of("search", "Yandex", "ysclid"),
  ...of("search", "Google", "srsltid"),

  ...of("social", "Facebook", "fbclid mibextid"),
  ...of("social", "Instagram", "igshid igsh"),
  ...of("email", "Mailchimp", "mc_eid mc_cid"),
  ...of("email", "HubSpot", "_hsenc _hsmi"),
  ...of("email", "Marketo", "mkt_tok"),
  ...of("email", "Vero", "vero_id vero_conv"),
  ...of("email", "Klaviyo", "_kx _ke"),
  ...of("email", "Omeda", "oly_anon_id oly_enc_id"),
  ...of("email", "Drip", "__s"),
  ...of("email", "MailerLite", "ml_subscriber ml_subscriber_hash"),
  ...of("email", "Eloqua", "elqtrackid elq"),
  ...of("email", "Dotdigital", "dm_i"),
  ...of("email", "Customer.io", "_cio_id"),
  ...of("email", "Bronto", "_bta_tid _bta_c"),
  ...of("email", "Listrak", "trk_contact trk_msg"),
])
