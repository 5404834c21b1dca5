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
    for (const own of ["https://m.example.com/", "https://amp.example.com/", "https://www2.example.com/"])
      expect(decided("", own)).toEqual(["", "Direct"])
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
    ["https://m.youtube.com/watch?v=1", "YouTube", "Organic Video"],
    ["https://www.google.cat/", "Google", "Organic Search"],
    ["https://de.search.yahoo.com/search", "Yahoo", "Organic Search"],
    ["https://search.yahoo.co.jp/search", "Yahoo", "Organic Search"],
    ["https://smile.amazon.de/dp/1", "Amazon", "Organic Shopping"],
    ["https://shopping.google.com/", "Google Shopping", "Organic Shopping"],
    ["android-app://com.pinterest/", "Pinterest", "Organic Social"],
    ["android-app://com.linkedin.android/", "LinkedIn", "Organic Social"],
    ["android-app://com.example.reader/", "com.example.reader", "Referral"],
    ["https://outlook.live.com/mail/0", "Outlook", "Email"],
    ["https://mail.yahoo.co.jp/", "Yahoo Mail", "Email"],
    ["https://webmail.some-provider.example/", "webmail.some-provider.example", "Email"],
    ["https://mail.yandex.ru/", "Yandex Mail", "Email"],
    ["https://yiyan.baidu.com/", "Ernie Bot", "AI Assistant"],
    ["https://tieba.baidu.com/p/1", "Baidu Tieba", "Organic Social"],
    ["https://docs.google.com/document/d/1", "docs.google.com", "Referral"],
    ["https://accounts.google.com/", "accounts.google.com", "Referral"],
    ["https://translate.google.com/", "translate.google.com", "Referral"],
    ["https://calendar.google.com/", "calendar.google.com", "Referral"],
    ["https://groups.google.com/", "groups.google.com", "Referral"],
    ["https://sites.google.com/", "sites.google.com", "Referral"],
    ["https://ads.google.com/", "ads.google.com", "Referral"],
    ["https://drive.google.co.uk/", "drive.google.co.uk", "Referral"],
    ["https://finance.yahoo.com/", "finance.yahoo.com", "Referral"],
    ["https://login.yahoo.com/", "login.yahoo.com", "Referral"],
    ["https://news.google.com/", "Google News", "Referral"],
    ["https://xn--mller-kva.de/x", "müller.de", "Referral"],
    ["https://xn--e1afmkfd.xn--p1ai/", "пример.рф", "Referral"],
    ["https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", "Referral"],
    ["https://example.com./a", "", "Direct"],
    ["chrome-extension://cjpalhdlnbpafiamejdnhcphjbkeiagm/page.html", "", "Direct"],
    ["moz-extension://0f2d6bb5-0000/page.html", "", "Direct"],
    ["file:///home/me/list.html", "", "Direct"],
    ["https://github.com/footfall", "GitHub", "Referral"],
    ["https://www.some-blog.net/post", "some-blog.net", "Referral"],
    ["https://notgoogle.com/", "notgoogle.com", "Referral"],
    ["https://google.evil.example/", "google.evil.example", "Referral"],
  ])("the referrer %s is %s, %s", (referrer, source, channel) => {
    expect(decided("", referrer)).toEqual([source, channel])
  })

  it.each([
    ["?utm_source=google&utm_medium=cpc", "Google", "Paid Search"],
    ["?utm_source=newsletter&utm_medium=email", "Newsletter", "Email"],
    ["?utm_source=newsletter", "Newsletter", "Email"],
    ["?utm_source=NEWSLETTER", "Newsletter", "Email"],
    ["?utm_source=email", "Email", "Email"],
    ["?UTM_SOURCE=Newsletter&UTM_MEDIUM=Email", "Newsletter", "Email"],
    ["?utm_source=google&amp;utm_medium=cpc&amp;utm_campaign=x", "Google", "Paid Search"],
    ["?x=1?utm_source=google&utm_medium=cpc", "Google", "Paid Search"],
    ["?utm_source=google?utm_medium=cpc", "Google", "Paid Search"],
    ["?utm_source=&utm_source=b", "b", "Other"],
    ["?utm_source[]=a&utm_source[]=b", "a", "Other"],
    ["#utm_source=spring&utm_medium=email", "spring", "Email"],
    ["#/home?utm_source=spring&utm_medium=email", "spring", "Email"],
    ["?utm_source=Facebook_Mobile_Feed&utm_medium=paid", "Facebook", "Paid Social"],
    ["?utm_source=an&utm_medium=paid", "Facebook", "Paid Social"],
    ["?utm_source=msg", "Facebook", "Organic Social"],
    ["?utm_source=googleads&utm_medium=cpc", "Google", "Paid Search"],
    ["?utm_source=bingads&utm_medium=cpc", "Bing", "Paid Search"],
    ["?utm_source=https://www.Some-Blog.net/", "some-blog.net", "Other"],
    ["?utm_source=Some%20Partner", "some partner", "Other"],
    ["?utm_source=fb&utm_medium=paid", "Facebook", "Paid Social"],
    ["?utm_source=instagram&utm_medium=paid_social", "Instagram", "Paid Social"],
    ["?utm_source=x.com&utm_medium=social", "X", "Organic Social"],
    ["?utm_source=LinkedIn", "LinkedIn", "Organic Social"],
    ["?utm_source=chatgpt.com", "ChatGPT", "AI Assistant"],
    ["?utm_source=network&utm_medium=banner", "network", "Display"],
    ["?utm_source=friend&utm_medium=affiliate", "friend", "Affiliates"],
    ["?utm_source=partner&utm_medium=referral", "partner", "Referral"],
    ["?utm_source=flyer", "flyer", "Other"],
    ["?utm_source=podcast&utm_medium=paid", "podcast", "Paid Other"],
    ["?utm_campaign=spring", "", "Other"],
    ["?utm_medium=ORGANIC&utm_source=bing", "Bing", "Organic Search"],
  ])("the tags %s are %s, %s", (query, source, channel) => {
    expect(decided(query)).toEqual([source, channel])
  })

  it.each([
    ["?gclid=1", "https://www.google.com/", "Google", "Paid Search"],
    ["?gclid=1", "", "Google", "Paid Search"],
    ["?gclid=1", "https://www.some-blog.net/", "Google", "Paid Search"],
    ["?msclkid=1", "", "Bing", "Paid Search"],
    ["?ttclid=1", "https://www.tiktok.com/", "TikTok", "Paid Social"],
    ["?dclid=1", "", "Google", "Display"],
    ["?mc_eid=1", "", "Mailchimp", "Email"],
    ["?fbclid=1", "", "Facebook", "Organic Social"],
    ["?srsltid=1", "", "Google", "Organic Search"],
    ["?fbclid=1", "https://news.ycombinator.com/", "Hacker News", "Organic Social"],
    ["?GBRAID=1", "", "Google", "Paid Search"],
    ["?gad_source=1", "", "Google", "Paid Search"],
    ["?yclid=1", "", "Yandex", "Paid Search"],
    ["?twclid=1", "", "X", "Paid Social"],
    ["?li_fat_id=1", "", "LinkedIn", "Paid Social"],
    ["?tblci=1", "https://news.example.net/", "Taboola", "Display"],
    ["?irclickid=1", "https://blog.example.net/", "blog.example.net", "Affiliates"],
    ["?irclickid=1", "", "Impact", "Affiliates"],
    ["?mc_eid=1", "https://mail.google.com/", "Gmail", "Email"],
    ["?_hsenc=1", "", "HubSpot", "Email"],
    ["?igsh=1", "", "Instagram", "Organic Social"],
    ["?ysclid=1", "", "Yandex", "Organic Search"],
    ["?srsltid=1", "https://www.google.com/", "Google", "Organic Search"],
    ["?fbclid=1", "https://blog.example.net/", "blog.example.net", "Referral"],
    ["?fbclid=1&gclid=2", "", "Google", "Paid Search"],
    ["?gclid=1", "https://www.example.net/a-partner-of-google", "Google", "Paid Search"],
    ["?utm_source=facebook&gclid=1", "", "Facebook", "Paid Social"],
    ["?utm_source=spring&gclid=1", "", "spring", "Paid Search"],
    ["?utm_source=newsletter&gclid=1", "", "Newsletter", "Email"],
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
