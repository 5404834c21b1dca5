import { describe, expect, it } from "vitest"
import { originOf } from "../../../src/domain/Channel.ts"
import { pageOf } from "../../../src/domain/Page.ts"

const origin = (query: string, referrer = "") => originOf(pageOf(`https://www.example.com/landing${query}`), referrer)
const decided = (query: string, referrer = "") => {
  const { source, channel } = origin(query, referrer)
  return [source, channel]
}

describe("the name of a source", () => {
  it.each([
    ["Newsletter", "Newsletter", "Email"],
    ["newsletter", "Newsletter", "Email"],
    ["NEWSLETTER", "Newsletter", "Email"],
    ["e-newsletter", "Newsletter", "Email"],
    ["email", "Email", "Email"],
    ["E-Mail", "Email", "Email"],
    ["mailchimp", "Mailchimp", "Email"],
    ["hs_email", "HubSpot", "Email"],
    ["sms", "SMS", "SMS"],
    ["firebase", "Firebase", "Push"],
    ["Acme Partner", "acme partner", "Other"],
    ["https://www.Partner.example/landing", "partner.example", "Other"],
    ["WWW.partner.example", "partner.example", "Other"],
    ["Facebook_Mobile_Feed", "Facebook", "Organic Social"],
    ["Facebook_Right_Column", "Facebook", "Organic Social"],
    ["Instagram_Stories", "Instagram", "Organic Social"],
    ["fb", "Facebook", "Organic Social"],
    ["ig", "Instagram", "Organic Social"],
    ["an", "Facebook", "Organic Social"],
    ["msg", "Facebook", "Organic Social"],
    ["www.facebook.com", "Facebook", "Organic Social"],
    ["https://m.facebook.com/", "Facebook", "Organic Social"],
    ["hacker-news", "Hacker News", "Organic Social"],
    ["HackerNews", "Hacker News", "Organic Social"],
    ["google_my_business", "Google", "Organic Search"],
    ["googleads", "Google", "Paid Search"],
    ["Google Ads", "Google", "Paid Search"],
    ["adwords", "Google", "Paid Search"],
    ["bingads", "Bing", "Paid Search"],
    ["facebook-ads", "Facebook", "Paid Social"],
    ["youtube_ads", "YouTube", "Paid Video"],
    ["com.pinterest", "Pinterest", "Organic Social"],
    ["free", "free", "Other"],
    ["target", "target", "Other"],
    ["facebook-fans-of-berlin", "facebook-fans-of-berlin", "Other"],
    ["(direct)", "", "Direct"],
    ["xn--mller-kva.de", "müller.de", "Other"],
  ])("the utm_source %s is %s, and without a medium %s", (tag, source, channel) => {
    expect(decided(`?utm_source=${encodeURIComponent(tag)}`)).toEqual([source, channel])
  })

  it.each(["Facebook_Mobile_Feed", "an", "msg", "fb", "ig"])("the utm_source %s is paid when the medium says so", (tag) => {
    expect(decided(`?utm_source=${tag}&utm_medium=cpc`)[1]).toBe("Paid Social")
    expect(decided(`?utm_source=${tag}&utm_medium=paid`)[1]).toBe("Paid Social")
  })

  it("an ad system's name is not paid where the medium says otherwise, and raw values stay as they were sent", () => {
    expect(decided("?utm_source=googleads&utm_medium=organic")).toEqual(["Google", "Organic Search"])
    expect(pageOf("https://e.com/?utm_source=Facebook_Mobile_Feed&utm_medium=CPC").utm).toMatchObject({
      source: "Facebook_Mobile_Feed",
      medium: "CPC",
    })
  })

  it.each([
    ["?ref=producthunt", "", "Product Hunt", "Organic Social"],
    ["?source=chatgpt.com", "", "ChatGPT", "AI Assistant"],
    ["?ref=alternativeto.net", "", "alternativeto.net", "Referral"],
    ["?ref=producthunt&utm_source=google", "", "Google", "Organic Search"],
    ["?ref=example.com", "", "", "Direct"],
    ["?ref=nav", "", "", "Direct"],
    ["?source=footer", "https://github.com/", "GitHub", "Referral"],
    ["?ref=x", "", "", "Direct"],
  ])("ref and source in %s after %s are a source only when they name one: %s, %s", (query, referrer, source, channel) => {
    expect(decided(query, referrer)).toEqual([source, channel])
  })

  it.each([
    "chrome-extension://nkbihfbeogaeaoehlefnkodbefgpgknn/page.html",
    "moz-extension://0b7a6b4e-1c1c-4f0a-9f0e-000000000000/a.html",
    "safari-web-extension://a/b",
    "file:///home/me/a.html",
    "about:blank",
    "blob:https://other.example/1",
    "capacitor://localhost/",
  ])("%s is no place: direct", (referrer) => {
    expect(origin("", referrer)).toEqual({ referrer: "", source: "", channel: "Direct" })
  })

  it("a final dot and www. do not make another site of the own one", () => {
    expect(decided("", "https://example.com./a")).toEqual(["", "Direct"])
    expect(decided("", "https://www.example.com./a")).toEqual(["", "Direct"])
    expect(originOf(pageOf("https://example.com./"), "https://example.com/").channel).toBe("Direct")
    expect(decided("", "https://www.google.com./")).toEqual(["Google", "Organic Search"])
  })

  it("an international host is shown in its letters, unless they may be there to deceive", () => {
    expect(origin("", "https://müller.de/x")).toMatchObject({ source: "müller.de", referrer: "https://müller.de/x" })
    expect(decided("", "https://xn--e1afmkfd.xn--p1ai/")).toEqual(["пример.рф", "Referral"])
    expect(decided("", "https://xn--80ak6aa92e.com/")).toEqual(["xn--80ak6aa92e.com", "Referral"])
  })

  it("an app has the name of its place, or its own", () => {
    expect(decided("", "android-app://com.pinterest/")).toEqual(["Pinterest", "Organic Social"])
    expect(decided("", "android-app://com.facebook.katana/")).toEqual(["Facebook", "Organic Social"])
    expect(decided("", "android-app://com.instagram.barcelona/")).toEqual(["Threads", "Organic Social"])
    expect(decided("", "android-app://com.google.android.gm/")).toEqual(["Gmail", "Email"])
    expect(decided("", "android-app://com.google.android.youtube/")).toEqual(["YouTube", "Organic Video"])
    expect(decided("", "android-app://com.openai.chatgpt/")).toEqual(["ChatGPT", "AI Assistant"])
    expect(decided("", "android-app://com.example.app/")).toEqual(["com.example.app", "Referral"])
  })

  it("a referrer's path reads like a page's, without addresses and tokens of people", () => {
    expect(origin("", "https://a.example/gr%C3%B6%C3%9Fe;jsessionid=1").referrer).toBe("https://a.example/größe")
    expect(origin("", "https://a.example/u/ada%40example.org/reset/Zx81kq09ab").referrer).toBe("https://a.example/u/[email]/reset/[token]")
  })
})
