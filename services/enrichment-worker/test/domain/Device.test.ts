import { describe, expect, it } from "vitest"
import { deviceOf } from "../../src/domain/Device.ts"
import { languageOf } from "../../src/domain/Language.ts"

const AGENTS = {
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36": [
    "Chrome",
    "140",
    "Windows",
    "10",
    "desktop",
  ],
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0": ["Firefox", "143", "Linux", "", "desktop"],
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15": [
    "Safari",
    "18",
    "macOS",
    "10.15",
    "desktop",
  ],
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1":
    ["Safari", "18", "iOS", "18.5", "mobile"],
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36": [
    "Chrome",
    "140",
    "Android",
    "15",
    "mobile",
  ],
  "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1": [
    "Safari",
    "16",
    "iPadOS",
    "16.6",
    "tablet",
  ],
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0": [
    "Edge",
    "140",
    "Windows",
    "10",
    "desktop",
  ],
  "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager": [
    "Chrome",
    "94",
    "webOS",
    "23",
    "tv",
  ],
  "Mozilla/5.0 (PlayStation; PlayStation 5/6.50) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15": [
    "Safari",
    "15",
    "PlayStation",
    "5",
    "console",
  ],
  "something else": ["", "", "", "", "other"],
  "": ["", "", "", "", "other"],
}

describe("what a user agent tells", () => {
  it.each(Object.entries(AGENTS))("%s", (userAgent, [browser, browserVersion, os, osVersion, device]) => {
    expect(deviceOf(userAgent)).toEqual({ browser, browserVersion, os, osVersion, device })
  })

  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["EN_us", "en"],
    ["fil", "fil"],
    ["*", ""],
    ["", ""],
    ["english", ""],
    ["<script>", ""],
  ])("the language of %j is %j", (accepted, language) => {
    expect(languageOf(accepted)).toBe(language)
  })
})
