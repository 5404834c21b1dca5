import { list } from "isbot"
import { describe, expect, it } from "vitest"
import { ALSO_IN_APPS, botSignalOf } from "../../src/domain/Bot.ts"
import { android, chromium, iphone, linux, mac, webkit, webView, windows } from "./told.ts"

const chrome = `${windows} ${chromium} Chrome/128.0.0.0 Safari/537.36`

const BOTS = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${chromium} Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
  `${linux} ${chromium} HeadlessChrome/140.0.0.0 Safari/537.36`,
  `${mac} ${webkit} Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)`,
  `${linux} ${chromium} Chrome/79.0 Safari/537.36 (compatible; Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943)`,
  `${linux} ${chromium} Chrome/49.0.2623.75 Safari/537.36 Google Favicon`,
  `${android("moto g power")} ${chromium} Chrome/127 Mobile Safari/537.36 Chrome-Lighthouse`,
  `${linux} ${chromium} Chrome/128.0.0.0 Safari/537.36 Cypress/13.0`,
  `${linux} ${chromium} Chrome/128.0.0.0 Safari/537.36 https://scanner.example`,
  `${windows} AppleWebKit/537.36 (KHTML, like Gecko; compatible; BW/1.3; rb.gy/qyzae5) Chrome/124.0.0.0 Safari/537.36`,
  "Java/17.0.2",
  "Apache-HttpClient/4.5.13 (Java/17)",
  "node",
  "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
  "undici",
  "axios/1.7.2",
  "Deno/1.40",
  "Bun/1.1",
  "Go-http-client/1.1",
  "python-requests/2.32.3",
  "curl/8.5.0",
  "Wget/1.21",
  "PostmanRuntime/7.40",
  "Crawler/1.0 okhttp/4.12.0",
  "FooBot/1.0 (+https://foo.example/bot) okhttp/4.12.0",
]

const APPS = [
  "okhttp/4.12",
  "okhttp/4.12.0",
  "okhttp/5.0.0-alpha.14",
  "MyApp/3.2.1 (Android 13; Pixel 7) okhttp/4.12.0",
  "Shop/12 CFNetwork/1490.0.4 Darwin/23.2.0",
  "JobSearch/3 CFNetwork/1490 Darwin/23.0.0",
  "GoogleNews/5 CFNetwork/1490 Darwin/23.0.0",
  "AppleTV6,2/16.1 CFNetwork/1399 Darwin/22.1.0",
  "Expo/1017699 CFNetwork/1494.0.7 Darwin/23.4.0",
  "Dart/3.5 (dart:io)",
  "Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A.230805.001)",
  "MyApp/1.0 (com.example.my; build:1; iOS 17.2.0) Alamofire/5.8.1",
  "ktor-client",
  "Ktor client",
  "Ktor http-client",
  "UnityPlayer/2022.3.10f1 (UnityWebRequest/1.0, libcurl/8.1.1-DEV)",
  `${mac} ${chromium} MyApp/1.2.0 Chrome/128.0.6613.186 Electron/32.2.7 Safari/537.36`,
]

const PEOPLE = [
  "",
  chrome,
  `${mac} ${webkit} Version/18.5 Safari/605.1.15`,
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  `${chrome} ||| ReqID: 7 | Initiator: https://example.com/news/search?url=feed`,
  `${chrome} ||| ReqID: 7 | Initiator: https://bot.example/crawler`,
  `${chrome} ||| ReqID: 7`,
  `${chrome}|||ReqID: 12|Type: xmlhttprequest`,
  `Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0 ||| ReqID: 7 | Initiator: https://example.com/`,
  `${android("moto g power (2022) Build/RRQS; wv", 11)} ${chromium} Chrome/127.0 Mobile Safari/537.36 ||| ReqID: 3`,
  `${chrome} FDM/6.24`,
  `${webView} VideoDownloader/2.1`,
  `${webView} NewsArticle/9.5.2`,
  `${iphone} ${webkit} Mobile/15E148 SmartNews 24.5`,
  `${android("Google TV Streamer Build/UTTC; wv", 14)} ${chromium} Version/4.0 Chrome/131.0.0.0 Safari/537.36`,
  `${android("GoogleTV; wv", 10)} ${chromium} Version/4.0 Chrome/110.0 Safari/537.36`,
  `${webView} Barcelona 343.0.0.33.93 Android (34/14; 420dpi; 1080x2138; Google/google; Pixel 8; shiba; shiba; en_US; 626424235)`,
]

describe("what gives a bot away", () => {
  it.each(BOTS)("its user agent: %s", (userAgent) => expect(botSignalOf(userAgent)).toMatch(/^user agent: .+/))

  it.each(APPS)("not the HTTP library of an app, on whatever system: %s", (userAgent) => expect(botSignalOf(userAgent)).toBe(""))

  it.each(PEOPLE)("not what extensions, apps and televisions add to a browser: %j", (userAgent) => expect(botSignalOf(userAgent)).toBe(""))

  it("a program that drives it, whatever it calls itself", () => {
    for (const userAgent of ["", chrome, "curl/8.5.0", "okhttp/4.12"])
      expect(botSignalOf(userAgent, { automated: true })).toBe("navigator.webdriver")
  })

  it("client hints of a browser without a window, whatever its user agent says", () => {
    expect(botSignalOf(chrome, { brands: `"HeadlessChrome";v="143", "Chromium";v="143", "Not A(Brand";v="24"` })).toBe(
      "client hints: headlesschrome",
    )
    expect(botSignalOf(chrome, { brands: `"Google Chrome";v="143", "Chromium";v="143", "Not A(Brand";v="24"`, multiTouch: true })).toBe("")
  })

  it("the words that apps have in their names too are patterns of isbot's list, so that each has an effect", () => {
    for (const pattern of ALSO_IN_APPS) expect(list).toContain(pattern)
  })
})
