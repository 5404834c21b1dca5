import { describe, expect, it } from "vitest"
import { chromium, iphone, ipad, mac, told, webkit, webView, windows } from "./told.ts"

const ios = `${iphone} ${webkit} Mobile/15E148`

/** What an app adds on iOS, what it adds on Android; each side is left out where the app is not there or tells nothing. */
const APPS: Readonly<Record<string, readonly [ios: string | undefined, android?: string]>> = {
  "Google app": [`${iphone} ${webkit} GSA/370.0.762543316 Mobile/15E148 Safari/604.1`, `${webView} GSA/15.50.42.28.arm64`],
  Threads: [
    `${ios} Barcelona 342.0.0.36.101 (iPhone15,2; iOS 17_5_1; en_US; en; scale=3.00; 1179x2556; 619461904)`,
    `${webView} Barcelona 343.0.0.33.93 Android (34/14; 420dpi; 1080x2138; Google/google; Pixel 8; shiba; shiba; en_US; 626424235)`,
  ],
  Pinterest: [`${ios} [Pinterest/iOS]`, `${webView} [Pinterest/Android]`],
  Instagram: [
    `${ios} Instagram 341.1.5.23.96 (iPhone15,2; iOS 17_5_1; en_US; en; scale=3.00; 1179x2556; 620823438)`,
    `${webView} Instagram 342.0.0.33.103 Android (34/14; 450dpi; 1080x2125; samsung; SM-S918B; dm3q; qcom; en_US; 622206411)`,
  ],
  Facebook: [
    `${ios} [FBAN/FBIOS;FBAV/475.0.0.35.110;FBBV/627139123;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]`,
    `${webView} [FB_IAB/FB4A;FBAV/474.1.0.50.81;IABMV/1;]`,
  ],
  Messenger: [
    `${ios} [FBAN/MessengerForiOS;FBAV/466.0.0.33.107;FBBV/621321332;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1]`,
    `${webView} [FB_IAB/Orca-Android;FBAV/470.0.0.42.82;]`,
  ],
  TikTok: [
    `${ios} musical_ly_35.5.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/US BytedanceWebview/d8a21c6`,
    `${webView} trill_2023505040 JsSdk/1.0 NetType/WIFI AppName/musical_ly app_version/35.5.4 ByteLocale/en BytedanceWebview/d8a21c6`,
  ],
  Snapchat: [
    `${ios} Snapchat/12.97.0.38 (like Safari/8618.2.12.10.7, panda)`,
    `${webView} Snapchat/12.97.0.41 (SM-S918B; Android 14; gzip; )`,
  ],
  LINE: [`${ios} Safari Line/14.10.0`, `${webView} Line/14.10.0/IAB`],
  WeChat: [
    `${ios} MicroMessenger/8.0.49(0x18003137) NetType/WIFI`,
    `${webView} XWEB/1160117 MicroMessenger/8.0.50.2701(0x28003255) WeChat/arm64`,
  ],
  "Microsoft Teams": [`${ios} TeamsMobile-iOS`, `${webView} TeamsMobile-Android`],
  LinkedIn: [`${ios} [LinkedInApp]/9.29.8962`, `${webView} [LinkedInApp]`],
  Reddit: [`${ios} Reddit/2024.30.0/615600`, `${webView} Reddit/Version 2024.30.0/Build 1700000/Android 14`],
  Twitter: [`${ios} Twitter for iPhone/10.50`, `${webView} TwitterAndroid`],
  KakaoTalk: [`${ios} KAKAOTALK 10.8.5`, `${webView};KAKAOTALK 2410850`],
  Telegram: [`${ios} Telegram-iOS/10.14`, `${webView} Telegram-Android/10.14.5 (Google Pixel 8; Android 14; SDK 34; HIGH)`],
  Naver: [`${ios} Safari/605.1 NAVER(inapp; search; 2000; 12.3.6; 14PRO)`],
  Slack: [`${ios} Slack_SSB/24.07`],
  SmartNews: [`${ios} SmartNews 24.5`],
  Toutiao: [undefined, `${webView} NewsArticle/9.5.2`],
  "Yahoo! Japan": [`${ios} YJApp-IOS jp.co.yahoo.ipn.appli/4.120.0`],
  Weibo: [`${ios} Weibo (iPhone15,2__weibo__14.8.1__iphone__os17.5.1)`],
  DuckDuckGo: [`${ios} DuckDuckGo/7 Safari/605.1.15`],
  Baidu: [`${ios} baiduboxapp/13.60.0.10`],
}

describe("browsers inside apps", () => {
  it.each(Object.entries(APPS))("%s has one name on both systems, and runs on phones", (name, [onIos, onAndroid]) => {
    for (const [userAgent, os] of [
      [onIos, "iOS 18.5"],
      [onAndroid, "Android 14"],
    ] as const) {
      if (userAgent === undefined) continue
      const [browser = "", ...rest] = told(userAgent).split(" | ")
      expect(browser.replace(/ \d+$/, ""), userAgent).toBe(name)
      expect(rest, userAgent).toEqual([os, "mobile"])
    }
  })

  it("their version is the app's", () => {
    expect(told(APPS["Google app"]![0]!)).toBe("Google app 370 | iOS 18.5 | mobile")
    expect(told(APPS["Google app"]![1]!)).toBe("Google app 15 | Android 14 | mobile")
    expect(told(APPS["Threads"]![0]!)).toBe("Threads 342 | iOS 18.5 | mobile")
    expect(told(APPS["Pinterest"]![0]!)).toBe("Pinterest | iOS 18.5 | mobile")
    expect(told(APPS["KakaoTalk"]![1]!)).toBe("KakaoTalk | Android 14 | mobile")
    expect(told(APPS["Naver"]![0]!)).toBe("Naver 12 | iOS 18.5 | mobile")
  })

  it("on desktops they are the app, not what it is made with", () => {
    const electron = "Chrome/130.0.6723.137 Electron/33.2.1 Safari/537.36"
    expect(told(`${windows} ${chromium} Chrome/128.0.0.0 Safari/537.36 Teams/24295.605.3225.8804/49`)).toBe(
      "Microsoft Teams 24295 | Windows 10 | desktop",
    )
    expect(told(`${windows} ${chromium} Slack/4.41.105 ${electron} Sonic Slack_SSB/4.41.105`)).toBe("Slack 4 | Windows 10 | desktop")
    expect(told(`${windows} ${chromium} discord/1.0.9175 ${electron}`)).toBe("Discord 1 | Windows 10 | desktop")
    expect(told(`${mac} ${chromium} Code/1.96.0 ${electron}`)).toBe("VS Code 1 | macOS 10.15 | desktop")
    expect(told(`${mac} ${chromium} MyApp/1.2.0 ${electron}`)).toBe("Electron 33 | macOS 10.15 | desktop")
  })

  it("those without a name are web views, never an engine", () => {
    expect(told(ios)).toBe("Safari WebView | iOS 18.5 | mobile")
    expect(told(`${ipad} ${webkit} Mobile/15E148`)).toBe("Safari WebView | iPadOS 18.5 | tablet")
    expect(told(`${mac} ${webkit}`)).toBe("Safari WebView | macOS 10.15 | desktop")
    expect(told(webView)).toBe("Android WebView 131 | Android 14 | mobile")
    expect(told("Mozilla/5.0 (compatible; Roku/DVP-13.0; AppleWebKit/537.36)")).toBe(" |  | tv")
  })

  it("what is a browser stays one", () => {
    expect(told(`${iphone} ${webkit} OPT/5.2.1 Mobile/15E148`)).toBe("Opera 5 | iOS 18.5 | mobile")
    expect(told(`${iphone} ${webkit} Version/17.5 EdgiOS/127.0.2651.102 Mobile/15E148 Safari/605.1.15`)).toBe(
      "Edge 127 | iOS 18.5 | mobile",
    )
    expect(told(`${iphone} ${webkit} CriOS/143.0.7499.92 Mobile/15E148 Safari/604.1`)).toBe("Chrome 143 | iOS 18.5 | mobile")
    expect(told(`${iphone} ${webkit} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`)).toBe("Firefox 145 | iOS 18.5 | mobile")
  })
})
