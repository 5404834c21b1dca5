/** A browser as it introduces itself. */
export interface Agent {
  readonly userAgent: string
  readonly device: "desktop" | "mobile" | "tablet"
  /** Share among those of its kind, in any unit. */
  readonly weight: number
}

const mozilla = "Mozilla/5.0"
const chromium = "AppleWebKit/537.36 (KHTML, like Gecko)"
const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
const windows = "Windows NT 10.0; Win64; x64"
const mac = "Macintosh; Intel Mac OS X 10_15_7"

const desktop = (weight: number, userAgent: string): Agent => ({ userAgent: `${mozilla} ${userAgent}`, device: "desktop", weight })
const mobile = (weight: number, userAgent: string): Agent => ({ userAgent: `${mozilla} ${userAgent}`, device: "mobile", weight })
const tablet = (weight: number, userAgent: string): Agent => ({ userAgent: `${mozilla} ${userAgent}`, device: "tablet", weight })

export const desktops: ReadonlyArray<Agent> = [
  desktop(26, `(${windows}) ${chromium} Chrome/143.0.0.0 Safari/537.36`),
  desktop(9, `(${windows}) ${chromium} Chrome/142.0.0.0 Safari/537.36`),
  desktop(16, `(${mac}) ${chromium} Chrome/143.0.0.0 Safari/537.36`),
  desktop(4, `(X11; Linux x86_64) ${chromium} Chrome/142.0.0.0 Safari/537.36`),
  desktop(12, `(${mac}) ${webkit} Version/26.1 Safari/605.1.15`),
  desktop(4, `(${mac}) ${webkit} Version/18.6 Safari/605.1.15`),
  desktop(9, `(${windows}) ${chromium} Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0`),
  desktop(6, `(${windows}; rv:145.0) Gecko/20100101 Firefox/145.0`),
  desktop(4, `(X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0`),
  desktop(4, `(Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0`),
  desktop(2, `(${windows}) ${chromium} Chrome/142.0.0.0 Safari/537.36 OPR/126.0.0.0`),
  desktop(1, `(X11; CrOS x86_64 14541.0.0) ${chromium} Chrome/142.0.0.0 Safari/537.36`),
]

export const phones: ReadonlyArray<Agent> = [
  mobile(30, `(iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/26.1 Mobile/15E148 Safari/604.1`),
  mobile(12, `(iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webkit} Version/18.5 Mobile/15E148 Safari/604.1`),
  mobile(34, `(Linux; Android 10; K) ${chromium} Chrome/143.0.0.0 Mobile Safari/537.36`),
  mobile(9, `(Linux; Android 15; SM-S928B) ${chromium} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`),
  mobile(5, `(iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} CriOS/143.0.7499.92 Mobile/15E148 Safari/604.1`),
  mobile(4, `(Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0`),
]

export const tablets: ReadonlyArray<Agent> = [
  tablet(6, `(iPad; CPU OS 18_6 like Mac OS X) ${webkit} Version/18.6 Mobile/15E148 Safari/604.1`),
  tablet(3, `(Linux; Android 14; SM-X710) ${chromium} Chrome/142.0.0.0 Safari/537.36`),
]

/** A program that visits, and from which of the known networks. */
export interface Bot {
  readonly userAgent: string
  readonly network: "google" | "ahrefs" | "openai" | "bing" | "apple" | "cloud"
  readonly weight: number
}

export const bots: ReadonlyArray<Bot> = [
  { userAgent: `${mozilla} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`, network: "google", weight: 8 },
  { userAgent: `${mozilla} (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)`, network: "ahrefs", weight: 6 },
  { userAgent: `${mozilla} ${chromium}; compatible; GPTBot/1.2; +https://openai.com/gptbot`, network: "openai", weight: 5 },
  { userAgent: `${mozilla} (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)`, network: "bing", weight: 4 },
  {
    userAgent: `${mozilla} (${mac}) ${webkit} Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)`,
    network: "apple",
    weight: 2,
  },
  { userAgent: `${mozilla} (X11; Linux x86_64) ${chromium} HeadlessChrome/142.0.0.0 Safari/537.36`, network: "cloud", weight: 5 },
  { userAgent: "python-requests/2.32.3", network: "cloud", weight: 2 },
]
