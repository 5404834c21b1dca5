import type { NamedBrowser } from "./clientHints.ts"

/**
 * Apps that show pages in a web view, by what they add to its user agent, on all systems under one name; the first group
 * is the app's major version where it tells one. ua-parser-js knows others; these it leaves as the engine, or names differently by system.
 */
const APPS: ReadonlyArray<readonly [name: string, mark: RegExp]> = [
  ["Threads", /\bBarcelona[ /](\d+)|\bBarcelonaFor(?:iOS|Android)\b/],
  ["Messenger", /\b(?:Messenger(?:Lite)?ForiOS|Orca-Android)\b(?:.*?\bFBAV\/(\d+))?/],
  ["Facebook", /\b(?:FBAN\/FBIOS|FB_IAB\/FB4A|FBAN\/FB4A)\b(?:.*?\bFBAV\/(\d+))?/],
  ["Instagram", /\bInstagram[ /](\d+)/],
  ["Google app", /\bGSA\/(\d+)/],
  ["Pinterest", /\[Pinterest\/(?:iOS|Android)\]|\bPinterest\/(\d+)/],
  ["Douyin", /\b(?:aweme(?:_lite)?|Aweme)[_/](\d+)/],
  ["Toutiao", /\bNewsArticle\/(\d+)/],
  ["LinkedIn", /\[LinkedInApp\](?:\/(\d+))?/],
  ["LINE", /\bLine\/(\d+)/],
  ["KakaoTalk", /\bKAKAOTALK(?:[ /](\d{1,3})(?!\d))?/],
  ["Naver", /\bNAVER\((?:.*?; (\d+)\.)?/],
  ["WeChat", /\bMicroMessenger\/(\d+)/],
  ["QQ", /\bQQ\/(\d+)/],
  ["Weibo", /\bWeibo\b(?: \([^)]*__weibo__(\d+))?/],
  ["Microsoft Teams", /\bTeams\/(\d+)|\bTeamsMobile-(?:iOS|Android)/],
  ["Slack", /\bSlack(?:_SSB)?\/(\d+)/],
  ["Discord", /\b[Dd]iscord\/(\d+)/],
  ["Reddit", /\bReddit\/(?:Version )?(\d+)/],
  ["Telegram", /\bTelegram-(?:iOS|Android)\/(\d+)/],
  ["Viber", /\bViber\/(\d+)/],
  ["Bluesky", /\bBluesky\/(\d+)/],
  ["ChatGPT", /\bChatGPT\/(\d+)/],
  ["Flipboard", /\bFlipboard\/(\d+)/],
  ["SmartNews", /\bSmartNews[ /](\d+)/],
  ["Yahoo! Japan", /\bjp\.co\.yahoo\.(?:android\.yjtop|ipn\.appli)\/(\d+)/],
  ["VS Code", /\bCode\/(\d+).+\bElectron\//],
  ["Opera", /\bOPT\/(\d+)/],
  ["Nintendo Browser", /\bNintendoBrowser\/(\d+)/],
]

/** The app whose web view a user agent is. */
export const appOf = (userAgent: string): NamedBrowser | undefined => {
  for (const [name, mark] of APPS) {
    const found = mark.exec(userAgent)
    if (found !== null) return { name, version: found[1] ?? "" }
  }
  return undefined
}
