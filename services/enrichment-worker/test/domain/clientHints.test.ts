import type { LoggedClient } from "@footfall/event-log/LoggedBatch"
import { describe, expect, it } from "@effect/vitest"
import { Schema } from "effect"
import { deviceOf } from "../../src/domain/Device.ts"
import { headerText } from "../../src/domain/clientHints.ts"
import { android, chromium, iphone, linux, mac, told, webkit, webView, windows } from "./told.ts"

const chrome = `${chromium} Chrome/143.0.0.0 Safari/537.36`
const onWindows = `${windows} ${chrome}`
const onAndroid = `${android("K", 10)} ${chromium} Chrome/143.0.0.0 Mobile Safari/537.36`

/** Brands as a browser writes them: its own, its engine's, and one that is there to be unknown. */
const brands = (own: string, version = 143) => `"${own}";v="${version}", "Chromium";v="143", "Not A(Brand";v="24"`

describe("client hints", () => {
  it.each([
    ["Brave", "Brave 143"],
    ["Microsoft Edge", "Edge 143"],
    ["Opera", "Opera 143"],
    ["Opera GX", "Opera GX 143"],
    ["Vivaldi", "Vivaldi 143"],
    ["Samsung Internet", "Samsung Internet 143"],
    ["YaBrowser", "Yandex 143"],
    ["HuaweiBrowser", "Huawei Browser 143"],
    ["DuckDuckGo", "DuckDuckGo 143"],
    ["Google Chrome", "Chrome 143"],
  ])("name the browser that the user agent hides: %s", (brand, browser) => {
    expect(told(onWindows, { brands: brands(brand), platform: `"Windows"`, mobile: "?0" })).toBe(`${browser} | Windows 10 | desktop`)
  })

  it.each([
    `"Not;A=Brand"`,
    `" Not A;Brand"`,
    `"Not)A;Brand"`,
    `"Not.A/Brand"`,
    `"Not/A)Brand"`,
    `"Not?A_Brand"`,
    `"(Not(A:Brand"`,
    `"Not:A-Brand"`,
    `"Foo, \\"Bar"`,
  ])("are not confused by the brand that is there to be unknown: %s, at any place", (grease) => {
    const three = [`${grease};v="99"`, `"Chromium";v="143"`, `"Brave";v="143"`]
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      expect(told(onWindows, { brands: order.map((n) => three[n]).join(", ") })).toBe("Brave 143 | Windows 10 | desktop")
    expect(told(onWindows, { brands: `${grease};v="99", "Chromium";v="143"` })).toBe("Chromium 143 | Windows 10 | desktop")
    expect(told(onWindows, { brands: `${grease};v="99"` })).toBe("Chrome 143 | Windows 10 | desktop")
  })

  it("say no less than the user agent does: its own name stays where they tell the family only", () => {
    const family = { brands: `"Chromium";v="143", "Not A(Brand";v="24"` }
    expect(told(`${onWindows} OPR/126.0.0.0`, family)).toBe("Opera 126 | Windows 10 | desktop")
    expect(told(`${mac} ${chromium} MyApp/1.2.0 Chrome/130.0.6723.137 Electron/33.2.1 Safari/537.36`, family)).toBe(
      "Electron 33 | macOS 10.15 | desktop",
    )
    expect(told(`${webView} Instagram 342.0.0 Android (34/14)`, { brands: brands("Android WebView") })).toBe(
      "Instagram 342 | Android 14 | mobile",
    )
    expect(told(webView, { brands: brands("Android WebView", 131) })).toBe("Android WebView 131 | Android 14 | mobile")
    expect(told(onWindows, { brands: brands("Some Browser Of Tomorrow") })).toBe("Chromium 143 | Windows 10 | desktop")
  })

  it.each([
    [`"15.0.0"`, "Windows 11"],
    [`"13.0.0"`, "Windows 11"],
    [`"19.0.0"`, "Windows 11"],
    [`"10.0.0"`, "Windows 10"],
    [`"1.0.0"`, "Windows 10"],
    [`"0.3.0"`, "Windows 8.1"],
    [`"0.2.0"`, "Windows 8"],
    [`"0.1.0"`, "Windows 7"],
    [`""`, "Windows 10"],
    ["15.0.0", "Windows 11"],
  ])("tell which Windows: %s is %s", (platformVersion, os) => {
    expect(told(onWindows, { brands: brands("Google Chrome"), platform: `"Windows"`, platformVersion })).toBe(
      `Chrome 143 | ${os} | desktop`,
    )
  })

  it.each<[string, LoggedClient, string]>([
    [`${mac} ${chrome}`, { platform: `"macOS"`, platformVersion: `"15.3.1"` }, "macOS 15.3 | desktop"],
    [`${mac} ${chrome}`, { platform: `"macOS"`, platformVersion: `"26.0.0"` }, "macOS 26 | desktop"],
    [`${mac} ${chrome}`, { platform: `"macOS"` }, "macOS 10.15 | desktop"],
    [onAndroid, { platform: `"Android"`, platformVersion: `"16.0.0"`, mobile: "?1" }, "Android 16 | mobile"],
    [`${android("K", 10)} ${chrome}`, { platform: `"Android"`, mobile: "?0" }, "Android 10 | tablet"],
    [
      `${android("K", 10)} ${chrome}`,
      { platform: `"Android"`, mobile: "?0", model: `"SM-X710"`, platformVersion: `"14.0.0"` },
      "Android 14 | tablet",
    ],
    [`${android("K", 10)} ${chrome}`, { platform: `"Android"`, mobile: "?0", model: `"Chromecast"` }, "Android 10 | tv"],
    [`${android("K", 10)} ${chrome}`, { platform: `"Android"`, mobile: "?0", model: `"BRAVIA 4K VH2"` }, "Android 10 | tv"],
    [`${android("K", 10)} ${chrome}`, { platform: `"Android"`, model: `"x) Chromecast ("` }, "Android 10 | tv"],
    [
      `${android("K; wv", 10)} ${chrome}`,
      { platform: `"Android"`, mobile: "?0", model: `"SM-S918B"`, platformVersion: `"16.0.0"` },
      "Android 16 | mobile",
    ],
    [`${linux} ${chrome}`, { platform: `"Android"`, mobile: "?0" }, "Android | tablet"],
    [`${linux} ${chrome}`, { platform: `"Android"`, mobile: "?1" }, "Android | mobile"],
    [`${linux} ${chrome}`, { platform: `"Chrome OS"`, platformVersion: `"16093.115.0"` }, "Chrome OS 16093.115 | desktop"],
    [`${linux} ${chrome}`, { platform: `"Chromium OS"` }, "Chrome OS | desktop"],
    [`${linux} ${chrome}`, { platform: `"Linux"`, platformVersion: `"6.8.0"` }, "Linux | desktop"],
    [onWindows, { platform: `"Windows"`, model: `"Xbox"` }, "Xbox | console"],
    [onWindows, { platform: `"Unknown"` }, "Windows 10 | desktop"],
    [onWindows, { platform: "Android", mobile: "?1" }, "Android | mobile"],
    [
      `Mozilla/5.0 (Web0S; Linux/SmartTV) ${chromium} Chrome/108.0.0.0 Safari/537.36 WebAppManager`,
      { platform: `"Linux"`, mobile: "?0" },
      "webOS 24 | tv",
    ],
    [onWindows, { platform: `"Windows"`, formFactors: `"Tablet"` }, "Windows 10 | tablet"],
    [onAndroid, { platform: `"Android"`, formFactors: `"Mobile", "XR"` }, "Android 10 | other"],
    [onAndroid, { platform: `"Android"`, formFactors: `"EInk", "Tablet"` }, "Android 10 | tablet"],
  ])("tell the system and the kind of device: %s with %j", (userAgent, client, found) => {
    const [, ...rest] = told(userAgent, { brands: brands("Google Chrome"), ...client }).split(" | ")
    expect(rest.join(" | ")).toBe(found)
  })

  it("that are nonsense are as good as none, and nothing of theirs is kept", () => {
    const without = told(onWindows)
    for (const text of ["", `"`, `"";v=""`, ";;;,,,", `"\\`, "x".repeat(512), `"a";v="b`, `"constructor";v="1", "__proto__";v="2"`])
      expect(
        told(onWindows, { brands: text, mobile: text, platform: text, platformVersion: text, model: text, formFactors: text }),
        text,
      ).toBe(without)
  })

  const anything = {
    userAgent: Schema.String,
    brands: Schema.String,
    platform: Schema.String,
    platformVersion: Schema.String,
    model: Schema.String,
  }
  it.prop("never fail, and never become a name by themselves", anything, ({ userAgent, ...client }) => {
    const { browser, os, osVersion } = deviceOf(userAgent, client)
    const without = deviceOf(userAgent)
    expect([without.browser, ...["Chromium", "Brave"]]).toContain(browser)
    expect([without.os, "Windows", "macOS", "Android", "Chrome OS", "iOS", "Linux", "Xbox"]).toContain(os)
    if (os !== without.os) expect(osVersion).toMatch(/^(\d+(\.\d+)?)?$/)
  })

  it("are texts as RFC 9651 writes them, or without the quotes", () => {
    expect(["", `""`, `"Windows"`, "Windows", ` "a\\"b\\\\c" `].map((text) => headerText(text))).toEqual([
      "",
      "",
      "Windows",
      "Windows",
      `a"b\\c`,
    ])
    expect(headerText(undefined)).toBe("")
  })
})

describe("touch points", () => {
  const safari = `${mac} ${webkit} Version/18.5 Safari/605.1.15`

  it("tell an iPad from the Mac that it calls itself; its system's version is Safari's", () => {
    expect(told(safari, { multiTouch: true })).toBe("Safari 18 | iPadOS 18.5 | tablet")
    expect(told(safari)).toBe("Safari 18 | macOS 10.15 | desktop")
    expect(told(`${mac} ${webkit} CriOS/143 Version/11.1.1 Safari/605.1.15`, { multiTouch: true })).toBe("Chrome 143 | iPadOS | tablet")
    expect(told(`${mac} ${webkit} Mobile/15E148 Instagram 341.1.5.23.96 (iPad13,4; iPadOS 17_5_1; en_US)`)).toBe(
      "Instagram 341 | iPadOS 17.5 | tablet",
    )
    expect(told(`Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) ${webkit} Version/12.1.2 Mobile/15E148 Safari/604.1`)).toBe(
      "Safari 12 | iOS 12.5 | tablet",
    )
  })

  it("change nothing elsewhere: laptops and phones have them too", () => {
    for (const userAgent of [
      `${windows} ${chrome}`,
      `${linux} ${chrome}`,
      onAndroid,
      `${iphone} ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`,
    ])
      expect(told(userAgent, { multiTouch: true })).toBe(told(userAgent))
    expect(told(`${mac} ${chrome}`, { multiTouch: true, brands: brands("Google Chrome"), platform: `"macOS"` })).toBe(
      "Chrome 143 | macOS 10.15 | desktop",
    )
  })
})
