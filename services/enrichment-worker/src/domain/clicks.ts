/** What a click parameter says about the click. fbclid and igshid are added to every outgoing link, paid or not. */
export type ClickKind = "search ad" | "social ad" | "display ad" | "social" | "email"

/** Parameters that networks add to the address of a clicked link, lower case. */
export const CLICK_PARAMETERS: ReadonlyMap<string, ClickKind> = new Map([
  ["gclid", "search ad"],
  ["gbraid", "search ad"],
  ["wbraid", "search ad"],
  ["msclkid", "search ad"],
  ["yclid", "search ad"],
  ["dclid", "display ad"],
  ["ttclid", "social ad"],
  ["twclid", "social ad"],
  ["li_fat_id", "social ad"],
  ["rdt_cid", "social ad"],
  ["sccid", "social ad"],
  ["epik", "social ad"],
  ["qclid", "social ad"],
  ["fbclid", "social"],
  ["igshid", "social"],
  ["mc_eid", "email"],
  ["mc_cid", "email"],
  ["_hsenc", "email"],
  ["mkt_tok", "email"],
  ["vero_id", "email"],
])
