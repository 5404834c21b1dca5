import { describe, expect, it } from "vitest"
import { android, chromium, iphone, ipad, linux, mac, told, webkit, windows } from "./told.ts"

const chrome = `${chromium} Chrome/124.0.0.0 Safari/537.36`
const mobileChrome = `${chromium} Chrome/124.0.0.0 Mobile Safari/537.36`
const appView = `${chromium} Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36`

const TELEVISIONS = [
  `${android("Chromecast Build/STTL.240508.005; wv", 12)} ${chromium} Version/4.0 Chrome/124.0.6367.179 Safari/537.36`,
  `${android("Chromecast HD Build/STTL.240508.005", 12)} ${chrome}`,
  `Mozilla/5.0 (X11; Linux armv7l) ${chrome} CrKey/1.56.500000 DeviceType/Chromecast`,
  `Mozilla/5.0 (X11; Linux armv7l) ${chrome} CrKey VIZIO SmartCast(Conjure/MTKF-5.1)`,
  `${android("Google TV Streamer Build/UTTC; wv", 14)} ${appView}`,
  `${android("GoogleTV; wv", 10)} ${appView}`,
  `${android("BRAVIA 4K VH2 Build/QTG3.200305.006.S292", 10)} ${chrome}`,
  `${android("Sony BRAVIA VU1; wv", 11)} ${appView}`,
  `${android("SHIELD Android TV Build/RQ1A.210105.003", 11)} ${chrome}`,
  `${android("Philips Android TV; wv", 9)} ${chrome}`,
  `${android("TCL Smart TV Build/RTT2", 11)} ${appView}`,
  `${android("MIBOX4 Build/PI; wv", 9)} ${appView}`,
  `${android("MiTV-AXSO0 Build/RTM5; wv", 11)} ${appView}`,
  `${android("AFTMM Build/PS7633; wv", 9)} ${appView}`,
  `${android("AFTKRT Build/RS8101.1849N; wv", 11)} ${appView} AmazonWebAppPlatform/3.4.3`,
  `${android("AFTTIFF55 Build/RS8101; wv", 11)} ${appView}`,
  `Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) ${chromium} 94.0.4606.31/7.0 TV Safari/537.36`,
  `Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) ${chromium} SamsungBrowser/2.2 Chrome/63.0.3239.84 TV Safari/537.36`,
  "Mozilla/5.0 (Linux; Tizen 2.3) AppleWebKit/538.1 (KHTML, like Gecko) Version/2.3 TV Safari/538.1",
  `Mozilla/5.0 (Web0S; Linux/SmartTV) ${chrome} WebAppManager`,
  `Mozilla/5.0 (Linux; NetCast; U) ${chrome} SmartTV/7.0`,
  `HbbTV/1.5.1 (+DRM;Samsung;SmartTV2020:UAU8000;T-KSU2EAKUC-1302.1;;) Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.5)`,
  `Mozilla/5.0 (Linux armv7l) ${chrome} OPR/46.0.2207.0 Model/Vestel-MB181 HbbTV/1.5.1 (+DRM; VESTEL; MB181; 0.9.0.0; ; _TV__2021;)`,
  `Mozilla/5.0 (Linux; U; Linux; VIDAA U6) ${chrome} VIDAA/6.0 (Hisense;SmartTV;50A6)`,
  "Mozilla/5.0 (FreeBSD; Viera; rv:34.0) Gecko/20100101 Firefox/34.0",
  "Roku/DVP-14.5 (14.5.0.4205-B8)",
  "Mozilla/5.0 (compatible; Roku/DVP-13.0; AppleWebKit/537.36)",
  "AppleTV11,1/11.1",
  "AppleTV6,2/16.1 CFNetwork/1399 Darwin/22.1.0",
  "Mozilla/5.0 (Apple TV; U; CPU like Mac OS X; en-us) AppleWebKit/605.1.15 (KHTML, like Gecko)",
]

const CONSOLES = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) ${chrome} Edge/44.18363.8131`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) ${chrome} Edg/128.0.0.0`,
  `Mozilla/5.0 (PlayStation 4 11.00) ${webkit} Version/13.0 Safari/605.1.15`,
  `Mozilla/5.0 (PlayStation; PlayStation 5/6.50) ${webkit} Version/15.4 Safari/605.1.15`,
  "Mozilla/5.0 (PLAYSTATION 3 4.90) AppleWebKit/531.22.8 (KHTML, like Gecko)",
  "Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.3.18.1 NintendoBrowser/5.1.0.27034",
  "Mozilla/5.0 (New Nintendo 3DS like iPhone) AppleWebKit/536.30 (KHTML, like Gecko) NX/3.0.0.5.23 Mobile NintendoBrowser/1.10.10166.EU",
]

const PHONES = [
  "Shop/12 CFNetwork/1490.0.4 Darwin/23.2.0",
  "Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A.230805.001)",
  "Dalvik/2.1.0 (Linux; U; Android 12; FOO9000 Build/X)",
  "MyApp/3.2.1 (Android 13; Pixel 7) okhttp/4.12.0",
  "MyApp/1.0 (com.example.my; build:1; iOS 17.2.0) Alamofire/5.8.1",
  "com.example.app/17.36.4 (Linux; U; Android 12; GB) gzip",
  `Mozilla/5.0 (Linux; Android 14) ${mobileChrome}`,
  "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
  "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5",
  `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${chromium} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.5`,
  `${iphone} ${webkit} Mobile/15E148`,
]

const TABLETS = [
  `${android("K", 10)} ${chrome}`,
  `${android("SM-X710")} ${chrome}`,
  `Mozilla/5.0 (Linux; Android 14) ${chrome}`,
  "Mozilla/5.0 (Android 14; rv:145.0) Gecko/145.0 Firefox/145.0",
  "Mozilla/5.0 (Android 15; Tablet; rv:145.0) Gecko/145.0 Firefox/145.0",
  `Mozilla/5.0 (Tablet; OpenHarmony 5.0) ${chromium} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 HuaweiBrowser/5.0.5`,
  `${ipad} ${webkit} Mobile/15E148`,
]

const DESKTOPS = [
  `${windows} ${chrome}`,
  `${mac} ${chrome}`,
  `${linux} ${chrome}`,
  `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chrome}`,
  `${linux} ${chrome} Valve Steam GameOverlay/1740000000`,
  "MyMacApp/1 CFNetwork/1408.0.4 Darwin/22.5.0 (x86_64)",
  "MyMacApp/1 (Macintosh; OS X 14.1) CFNetwork/1490 Darwin/23.1.0",
  "MyMacApp/1.0 (com.example.my; build:1; macOS 14.2.0) Alamofire/5.8.1",
]

const OTHERS = [
  `${android("Quest 3", 12)} ${chromium} OculusBrowser/35.1 Chrome/130.0 VR Safari/537.36`,
  `Mozilla/5.0 (X11; GNU/Linux) ${chrome} Tesla/2024.14.5-sx`,
  "MyWatchApp/1.0 (com.example.my; build:1; watchOS 10.2.0) Alamofire/5.8.1",
  "okhttp/4.12.0",
  "Mozilla/5.0",
  "something else",
]

describe("the kind of device", () => {
  const kinds = { tv: TELEVISIONS, console: CONSOLES, mobile: PHONES, tablet: TABLETS, desktop: DESKTOPS, other: OTHERS }
  for (const [kind, userAgents] of Object.entries(kinds))
    it.each(userAgents)(`${kind}: %s`, (userAgent) => expect(told(userAgent).split(" | ")[2]).toBe(kind))

  it("the system of a box from Apple is tvOS, that of an app on a Mac is macOS, though both share a library with phones", () => {
    expect(told("AppleTV6,2/16.1 CFNetwork/1399 Darwin/22.1.0")).toBe(" | tvOS | tv")
    expect(told("MyMacApp/1 CFNetwork/1408.0.4 Darwin/22.5.0 (x86_64)")).toBe(" | macOS | desktop")
    expect(told("MyMacApp/1.0 (com.example.my; build:1; macOS 14.2.0) Alamofire/5.8.1")).toBe(" | macOS 14.2 | desktop")
    expect(told("Shop/12 CFNetwork/1490.0.4 Darwin/23.2.0")).toBe(" | iOS | mobile")
    expect(told("MyApp/1.0 (com.example.my; build:1; iOS 17.2.0) Alamofire/5.8.1")).toBe(" | iOS 17.2 | mobile")
  })
})
