import { CLICK_PARAMETERS } from "./clicks.ts"

/**
 * Parameters by which mailers, shops and ad networks tell one recipient or one browser from the others. Names from their own
 * documentation and from the lists by which Firefox and Brave strip such parameters.
 */
const IDENTIFIERS: ReadonlySet<string> = new Set([
  "__hsfp",
  "__hssc",
  "__hstc",
  "_branch_match_id",
  "_bta_c",
  "_bta_tid",
  "_ga",
  "_gl",
  "_kx",
  "_openstat",
  "bsft_clkid",
  "bsft_uid",
  "ck_subscriber_id",
  "cjevent",
  "dm_i",
  "ef_id",
  "elqtrackid",
  "gs_l",
  "hsctatracking",
  "irclickid",
  "iterableemailcampaignid",
  "mkwid",
  "oft_c",
  "oft_ck",
  "oft_d",
  "oft_id",
  "oft_ids",
  "oft_k",
  "oft_lk",
  "oft_sk",
  "pk_vid",
  "rb_clickid",
  "s_cid",
  "si",
  "sfmc_id",
  "sms_click",
  "sms_source",
  "sms_uph",
  "ss_email_id",
  "trk_contact",
  "trk_msg",
  "trk_module",
  "trk_sid",
  "unicorn_click_id",
  "vero_conv",
  "vgo_ee",
  "wickedid",
])

/** What a secret or a person is called in an address. */
const PERSONAL =
  /(?:^|[_.-])(?:e-?mail|mail|token|password|passwd|pwd|secret|session|sid|auth|otp|signature|phone|jwt|key|api_?key)(?:$|[_.-])/

/** Whether a parameter of this name, in small letters, tells who somebody is or lets somebody in; its value is never stored. */
export const identifies = (name: string): boolean =>
  CLICK_PARAMETERS.has(name) || IDENTIFIERS.has(name) || /^(?:gad_|mtm_cid)/.test(name) || PERSONAL.test(name)
