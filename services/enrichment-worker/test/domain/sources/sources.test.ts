import { describe, expect, it } from "vitest"
import { sourceOfHost } from "../../../src/domain/sources.ts"

const answer = (host: string) => {
  const source = sourceOfHost(host)
  return source === undefined ? "unknown" : `${source.name}, ${source.kind}`
}

describe("hosts", () => {
  it.each([
    ["www.google.cat", "Google, search"],
    ["google.com.br", "Google, search"],
    ["www.google.it.ao", "Google, search"],
    ["images.google.co.uk", "Google, search"],
    ["m.baidu.com", "Baidu, search"],
    ["yandex.com.tr", "Yandex, search"],
    ["ya.ru", "Yandex, search"],
    ["de.search.yahoo.com", "Yahoo, search"],
    ["search.yahoo.co.jp", "Yahoo, search"],
    ["search.naver.com", "Naver, search"],
    ["html.duckduckgo.com", "DuckDuckGo, search"],
    ["eu.startpage.com", "Startpage, search"],
    ["l.instagram.com", "Instagram, social"],
    ["de-de.facebook.com", "Facebook, social"],
    ["l.messenger.com", "Facebook, social"],
    ["pinterest.co.uk", "Pinterest, social"],
    ["tr.pinterest.com", "Pinterest, social"],
    ["away.vk.com", "VK, social"],
    ["music.youtube.com", "YouTube, video"],
    ["www.amazon.co.jp", "Amazon, shopping"],
    ["ebay.com.au", "eBay, shopping"],
    ["articulo.mercadolibre.com.ar", "Mercado Libre, shopping"],
    ["gemini.google.com", "Gemini, ai"],
    ["copilot.microsoft.com", "Copilot, ai"],
    ["mail.yandex.ru", "Yandex Mail, email"],
    ["us-mg5.mail.yahoo.com", "Yahoo Mail, email"],
    ["mail.yahoo.co.uk", "Yahoo Mail, email"],
    ["e.mail.ru", "Mail.ru, email"],
    ["email.seznam.cz", "Seznam Email, email"],
    ["deref-gmx.net", "GMX, email"],
    ["suche.gmx.net", "GMX Search, search"],
    ["webmail.some-provider.example", "webmail.some-provider.example, email"],
    ["en.wikipedia.org", "Wikipedia, other"],
  ])("%s is %s", (host, expected) => {
    expect(answer(host)).toBe(expected)
  })

  it.each(
    [
      ...["accounts", "docs", "translate", "calendar", "groups", "sites", "ads", "finance", "drive", "meet", "support", "maps"].map(
        (service) => `${service}.google.com`,
      ),
      ...["accounts.google.de", "translate.google.co.uk", "cloud.google.com"],
      ...["news.yahoo.com", "finance.yahoo.com", "login.yahoo.com", "sports.yahoo.com", "finance.yahoo.co.jp"],
      ...[
        "ads.microsoft.com",
        "login.live.com",
        "www.msn.com",
        "news.naver.com",
        "maps.yandex.ru",
        "translate.yandex.com",
        "passport.yandex.ru",
      ],
      ...["translate.baidu.com", "passport.baidu.com", "docs.qq.com", "news.seznam.cz"],
      ...[
        "ads.tiktok.com",
        "developers.facebook.com",
        "support.discord.com",
        "help.netflix.com",
        "aws.amazon.com",
        "sellercentral.amazon.com",
      ],
      ...["notgoogle.com", "google.evil.example", "google.com.evil.example", "xgoogle.de", "google.dev"],
      ...["localhost", "com", "", "t.co.example"],
    ].map((host) => [host]),
  )("%s is not the place whose name it bears", (host) => {
    expect(answer(host)).toBe("unknown")
  })
})
