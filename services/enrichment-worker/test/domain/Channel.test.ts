import { describe, expect, it } from "vitest"
import { originOf } from "../../src/domain/Channel.ts"
import { pageOf } from "../../src/domain/Page.ts"

const origin = (query: string, referrer = "") => originOf(pageOf(`https://www.example.com/landing${query}`), referrer)
const decided = (query: string, referrer = "") => {
  const { source, channel } = origin(query, referrer)
  return [source, channel]
}

describe("where a visit came from", () => {
  it("nothing known is direct, and so is a referrer on the page's own host, with or without www", () => {
    expect(decided("")).toEqual(["", "Direct"])
    expect(decided("", "https://example.com/other")).toEqual(["", "Direct"])
    expect(origin("", "https://www.example.com/other").referrer).toBe("")
    expect(decided("", "about:blank")).toEqual(["", "Direct"])
    expect(decided("", "not an address")).toEqual(["", "Direct"])
  })

  it("another subdomain is another site", () => {
    expect(decided("", "https://blog.example.com/")).toEqual(["blog.example.com", "Referral"])
  })

  it.each([
    ["https://www.google.com/", "Google", "Organic Search"],
    ["https://www.google.co.uk/url", "Google", "Organic Search"],
    ["https://google.de/", "Google", "Organic Search"],
    ["android-app://com.google.android.googlequicksearchbox/", "Google", "Organic Search"],
    ["https://duckduckgo.com/", "DuckDuckGo", "Organic Search"],
    ["https://yandex.com.tr/search", "Yandex", "Organic Search"],
    ["https://mail.google.com/mail/u/0", "Gmail", "Email"],
    ["https://gemini.google.com/app", "Gemini", "AI Assistant"],
    ["https://chatgpt.com/c/1", "ChatGPT", "AI Assistant"],
    ["https://www.perplexity.ai/", "Perplexity", "AI Assistant"],
    ["https://news.ycombinator.com/item?id=1", "Hacker News", "Organic Social"],
    ["https://l.facebook.com/l.php?u=x", "Facebook", "Organic Social"],
    ["https://t.co/abc", "X", "Organic Social"],
    ["https://old.reddit.com/r/x", "Reddit", "Organic Social"],
    ["https://m.youtube.com/watch?v=1", "YouTube", "Organic Social"],
    ["https://github.com/footfall", "GitHub", "Referral"],
    ["https://www.some-blog.net/post", "some-blog.net", "Referral"],
    ["https://notgoogle.com/", "notgoogle.com", "Referral"],
    ["https://google.evil.example/", "google.evil.example", "Referral"],
  ])("the referrer %s is %s, %s", (referrer, source, channel) => {
    expect(decided("", referrer)).toEqual([source, channel])
  })

  it.each([
    ["?utm_source=google&utm_medium=cpc", "Google", "Paid Search"],
    ["?utm_source=newsletter&utm_medium=email", "newsletter", "Email"],
    ["?utm_source=fb&utm_medium=paid", "Facebook", "Paid Social"],
    ["?utm_source=instagram&utm_medium=paid_social", "Instagram", "Paid Social"],
    ["?utm_source=x.com&utm_medium=social", "X", "Organic Social"],
    ["?utm_source=LinkedIn", "LinkedIn", "Organic Social"],
    ["?utm_source=chatgpt.com", "ChatGPT", "AI Assistant"],
    ["?utm_source=network&utm_medium=banner", "network", "Display"],
    ["?utm_source=friend&utm_medium=affiliate", "friend", "Affiliates"],
    ["?utm_source=partner&utm_medium=referral", "partner", "Referral"],
    ["?utm_source=flyer", "flyer", "Other"],
    ["?utm_source=podcast&utm_medium=paid", "podcast", "Other"],
    ["?utm_campaign=spring", "", "Other"],
    ["?utm_medium=ORGANIC&utm_source=bing", "Bing", "Organic Search"],
  ])("the tags %s are %s, %s", (query, source, channel) => {
    expect(decided(query)).toEqual([source, channel])
  })

  it.each([
    ["?gclid=1", "https://www.google.com/", "Google", "Paid Search"],
    ["?msclkid=1", "", "", "Paid Search"],
    ["?ttclid=1", "https://www.tiktok.com/", "TikTok", "Paid Social"],
    ["?dclid=1", "", "", "Display"],
    ["?mc_eid=1", "", "", "Email"],
    ["?fbclid=1", "", "", "Organic Social"],
    ["?fbclid=1", "https://news.ycombinator.com/", "Hacker News", "Organic Social"],
  ])("the click id in %s after %s says %s, %s", (query, referrer, source, channel) => {
    expect(decided(query, referrer)).toEqual([source, channel])
  })

  it("what the site declared beats what the network declared, and both beat the referrer", () => {
    expect(decided("?utm_source=x&utm_medium=email&gclid=1", "https://www.google.com/")).toEqual(["X", "Email"])
    expect(decided("?utm_source=shop", "https://www.google.com/")).toEqual(["shop", "Organic Search"])
  })

  it("a referrer is kept without query, fragment and credentials", () => {
    expect(origin("", "https://user:pass@blog.example.net/a?token=secret#x").referrer).toBe("https://blog.example.net/a")
  })
})
