import { describe, expect, it } from "vitest"
import { originOf } from "../../src/domain/Channel.ts"
import { pageOf } from "../../src/domain/Page.ts"

const channel = (source: string, medium: string, campaign: string): string => {
  const tags = new URLSearchParams({ utm_source: source, utm_medium: medium, utm_campaign: campaign })
  return originOf(pageOf(`https://www.example.com/?${tags}`), "").channel
}

/**
 * Examples of the rules that Google documents for manual traffic in GA4's default channel group
 * (https://support.google.com/analytics/answer/9756891), by our names: Push is Mobile Push Notifications, Other is Unassigned.
 */
const LIKE_GA4: ReadonlyArray<readonly [source: string, medium: string, campaign: string, channel: string]> = [
  ["(direct)", "(none)", "", "Direct"],
  ["(direct)", "(not set)", "", "Direct"],
  ["google", "cpc", "2026-cross-network", "Cross-network"],
  ["amazon", "cpc", "", "Paid Shopping"],
  ["ebay.de", "ppc", "", "Paid Shopping"],
  ["etsy.com", "paid", "", "Paid Shopping"],
  ["google", "cpc", "shopping_de", "Paid Shopping"],
  ["bing", "cpc", "winter-shop", "Paid Shopping"],
  ["partner", "cpc", "shop", "Paid Shopping"],
  ["google", "cpc", "workshop", "Paid Search"],
  ["google", "cpc", "brand", "Paid Search"],
  ["bing", "ppc", "brand", "Paid Search"],
  ["yahoo", "cpm", "", "Paid Search"],
  ["duckduckgo", "paidsearch", "", "Paid Search"],
  ["yandex.ru", "retargeting", "", "Paid Search"],
  ["baidu", "paid", "", "Paid Search"],
  ["naver", "cpc", "", "Paid Search"],
  ["facebook", "cpc", "", "Paid Social"],
  ["facebook", "paid_social", "", "Paid Social"],
  ["instagram", "paid", "", "Paid Social"],
  ["ig", "cpm", "", "Paid Social"],
  ["linkedin.com", "ppc", "", "Paid Social"],
  ["tiktok", "cpc", "", "Paid Social"],
  ["reddit", "retargeting", "", "Paid Social"],
  ["youtube", "cpv", "", "Paid Video"],
  ["youtube", "cpc", "", "Paid Video"],
  ["vimeo", "paid", "", "Paid Video"],
  ["twitch", "cpm", "", "Paid Video"],
  ["network", "display", "", "Display"],
  ["google", "display", "", "Display"],
  ["network", "banner", "", "Display"],
  ["network", "expandable", "", "Display"],
  ["network", "interstitial", "", "Display"],
  ["magazine", "cpm", "", "Display"],
  ["taboola", "cpc", "", "Paid Other"],
  ["podcast", "paid", "", "Paid Other"],
  ["criteo", "retargeting", "", "Paid Other"],
  ["amazon.com", "referral", "", "Organic Shopping"],
  ["ebay", "organic", "", "Organic Shopping"],
  ["blog", "organic", "shopping", "Organic Shopping"],
  ["walmart.com", "", "", "Organic Shopping"],
  ["facebook", "social", "", "Organic Social"],
  ["facebook.com", "referral", "", "Organic Social"],
  ["t.co", "referral", "", "Organic Social"],
  ["unknown", "social", "", "Organic Social"],
  ["unknown", "social-network", "", "Organic Social"],
  ["unknown", "social-media", "", "Organic Social"],
  ["unknown", "sm", "", "Organic Social"],
  ["unknown", "social network", "", "Organic Social"],
  ["unknown", "social media", "", "Organic Social"],
  ["youtube", "referral", "", "Organic Video"],
  ["vimeo.com", "organic", "", "Organic Video"],
  ["unknown", "videoplayer", "", "Organic Video"],
  ["google", "organic", "", "Organic Search"],
  ["unknown", "organic", "", "Organic Search"],
  ["bing", "referral", "", "Organic Search"],
  ["duckduckgo", "", "", "Organic Search"],
  ["blog.example", "referral", "", "Referral"],
  ["myapp", "app", "", "Referral"],
  ["blog.example", "link", "", "Referral"],
  ["email", "", "", "Email"],
  ["e-mail", "", "", "Email"],
  ["e_mail", "", "", "Email"],
  ["e mail", "", "", "Email"],
  ["list", "email", "", "Email"],
  ["list", "e-mail", "", "Email"],
  ["list", "e_mail", "", "Email"],
  ["list", "e mail", "", "Email"],
  ["list", "EMAIL", "", "Email"],
  ["friend", "affiliate", "", "Affiliates"],
  ["radio", "audio", "", "Audio"],
  ["sms", "", "", "SMS"],
  ["campaign", "sms", "", "SMS"],
  ["app", "push", "", "Push"],
  ["app", "web-push", "", "Push"],
  ["app", "mobile_message", "", "Push"],
  ["app", "notification", "", "Push"],
  ["firebase", "", "", "Push"],
  ["google", "cpc", "cross-network spring", "Cross-network"],
  ["newsfeed", "ppc", "summer-shopping", "Paid Shopping"],
  ["newsfeed", "paid", "shop", "Paid Shopping"],
  ["etsy", "retargeting", "", "Paid Shopping"],
  ["google", "cpc", "", "Paid Search"],
  ["bing", "ppc", "", "Paid Search"],
  ["duckduckgo", "paid", "", "Paid Search"],
  ["baidu", "cpm", "", "Paid Search"],
  ["yahoo", "retargeting", "", "Paid Search"],
  ["instagram", "paid-social", "", "Paid Social"],
  ["linkedin", "ppc", "", "Paid Social"],
  ["tiktok", "cpv", "", "Paid Social"],
  ["tiktok", "paid", "", "Paid Social"],
  ["twitch", "ppc", "", "Paid Video"],
  ["somewhere", "ppc", "", "Paid Other"],
  ["ebay", "", "", "Organic Shopping"],
  ["somewhere", "", "shopping", "Organic Shopping"],
  ["facebook", "", "", "Organic Social"],
  ["facebook", "referral", "", "Organic Social"],
  ["youtube", "", "", "Organic Video"],
  ["somewhere", "video", "", "Organic Video"],
  ["somewhere", "in-video", "", "Organic Video"],
  ["somewhere", "mobile-app", "", "Push"],
  ["flyer", "print", "", "Other"],
  ["flyer", "qr", "spring", "Other"],
]

/** Where we decide otherwise, with GA4's answer and why. The glossary says the same in sentences. */
const UNLIKE_GA4: ReadonlyArray<readonly [source: string, medium: string, campaign: string, ours: string, ga4: string]> = [
  // Assistants have a channel of their own.
  ["chatgpt.com", "referral", "", "AI Assistant", "Referral"],
  ["perplexity", "", "", "AI Assistant", "Unassigned"],
  // A medium that names mail, messages or partners says more than the source or the name of a campaign.
  ["facebook", "email", "", "Email", "Organic Social"],
  ["newsletter", "email", "shop-news", "Email", "Organic Shopping"],
  ["google", "affiliate", "", "Affiliates", "Organic Search"],
  // More spellings mean the same.
  ["weekly", "newsletter", "", "Email", "Unassigned"],
  ["newsletter", "", "", "Email", "Unassigned"],
  ["friend", "affiliates", "", "Affiliates", "Unassigned"],
  ["show", "podcast", "", "Audio", "Unassigned"],
  // A paid medium that names its kind is taken at its word where the source is unknown.
  ["forum", "paid_social", "", "Paid Social", "Paid Other"],
  ["engine", "paid-search", "", "Paid Search", "Paid Other"],
  ["engine", "sem", "", "Paid Search", "Unassigned"],
  ["magazine", "paid_video", "", "Paid Video", "Paid Other"],
  // Names that only advertisers use are paid without a medium.
  ["googleads", "", "", "Paid Search", "Unassigned"],
  ["mail.google.com", "", "", "Email", "Organic Search"],
]

describe("channels", () => {
  it.each(LIKE_GA4)("of %s / %s / %s is %s, as in GA4", (source, medium, campaign, expected) => {
    expect(channel(source, medium, campaign)).toBe(expected)
  })

  it.each(UNLIKE_GA4)("of %s / %s / %s is %s, where GA4 says %s", (source, medium, campaign, ours) => {
    expect(channel(source, medium, campaign)).toBe(ours)
  })

  it("count media and campaigns in any case", () => {
    expect(channel("Google", "CPC", "Shopping")).toBe("Paid Shopping")
    expect(channel("LIST", "E-Mail", "")).toBe("Email")
  })
})
