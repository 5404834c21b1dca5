/**
 * Parameters by which mailers, shops, ad networks and analytics tell one recipient or one browser from the others, in small letters. Names
 * from their own documentation and from the lists by which Firefox and Brave strip such parameters.
 */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  `
    __hsfp __hssc __hstc __tn__ _branch_match_id _ga _gac _gid _gl _openstat adj_referrer adj_t af_siteid af_web_id
    ajs_aid ajs_uid at_recipient_id bbeml bsft_clkid bsft_eid bsft_uid ck_subscriber_id click_id clickid cuid ef_id
    elqaid elqak elqat fb_action_ids gb_clk gclsrc gs_l guccounter guce_referrer guce_referrer_sig hsctatracking
    iterableemailcampaignid lt_r matomo_cid mkcid mkrid mkwid msockid nb_expid_meta nb_placement ndclid nx_source oft_c
    oft_ck oft_d oft_id oft_ids oft_k oft_lk oft_sk pcrid piwik_cid pk_cid pk_vid rb_clickid s_cid s_kwcid sc_customer
    sc_eh sc_uid scid sfmc_id sfmc_sub si sms_click sms_source sms_uph spjobid spmailingid spreportid spuserid srclt
    ss_email_id syclid toolid trk_module trk_sid unicorn_click_id vgo_ee wickedid wt_zmc
  `
    .trim()
    .split(/\s+/),
)

/** What a secret or a person is called in an address, as a word of its own. */
const PERSONAL =
  /(?:^|[_.-])(?:e-?mail|mail|token|password|passwd|pwd|secret|session|sid|auth|oauth|otp|code|sig|signature|hash|hmac|nonce|ticket|jwt|saml\w*|key|api_?key|credentials?|phone|tel|mobile|msisdn|ssn|iban|name|user|username|login|customer|member|subscriber|recipient|contact|address|street|zip|postcode|birth\w*|dob|ip|uid|uuid|guid)(?:$|[_.-])/

/** The same as the end or the beginning of a name whose words stand together: `accessToken`, `userId`, `firstname`. */
const TOGETHER =
  /(?:token|password|secret|session|apikey|signature|email|phone|username|(?:first|last|full|sur|nick)name)s?(?:id)?$|(?:user|customer|client|visitor|member|subscriber|recipient|contact|account|session|device|person)[_.-]?(?:id|uid|key|hash)$|^(?:phpsessid|jsessionid|aspsessionid\w*)$/

/** Whether a parameter of this name, in small letters, tells who somebody is or lets somebody in, so that its value is never stored. */
export const identifies = (name: string): boolean =>
  IDENTIFIERS.has(name) || /^(?:gad_|mtm_cid|hsa_)/.test(name) || PERSONAL.test(name) || TOGETHER.test(name)
