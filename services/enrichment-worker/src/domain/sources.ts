/** What kind of place a source is. */
export type SourceKind = "search" | "social" | "video" | "email" | "ai" | "dev"

/** A place that visitors are known to come from. */
export interface KnownSource {
  readonly name: string
  readonly kind: SourceKind
}

/** Name, then every host (subdomains included) and app that means it. */
const table: Readonly<Record<SourceKind, ReadonlyArray<readonly [name: string, ...hosts: ReadonlyArray<string>]>>> = {
  search: [
    ["Google", "google.com", "com.google.android.googlequicksearchbox", "googleadservices.com"],
    ["Bing", "bing.com"],
    ["DuckDuckGo", "duckduckgo.com", "com.duckduckgo.mobile.android"],
    ["Yahoo", "search.yahoo.com", "yahoo.com"],
    ["Yandex", "yandex.com", "yandex.ru", "ya.ru"],
    ["Baidu", "baidu.com"],
    ["Ecosia", "ecosia.org"],
    ["Brave Search", "search.brave.com"],
    ["Startpage", "startpage.com"],
    ["Qwant", "qwant.com"],
    ["Kagi", "kagi.com"],
    ["Naver", "naver.com"],
    ["Seznam", "seznam.cz"],
    ["Sogou", "sogou.com"],
    ["AOL", "aol.com"],
    ["Ask", "ask.com"],
  ],
  social: [
    ["Facebook", "facebook.com", "fb.com", "fb.me", "com.facebook.katana"],
    ["Instagram", "instagram.com", "com.instagram.android"],
    ["Threads", "threads.net", "threads.com"],
    ["X", "x.com", "twitter.com", "t.co", "com.twitter.android"],
    ["LinkedIn", "linkedin.com", "lnkd.in", "com.linkedin.android"],
    ["Reddit", "reddit.com", "redd.it", "com.reddit.frontpage"],
    ["Hacker News", "news.ycombinator.com", "hckrnews.com"],
    ["Lobsters", "lobste.rs"],
    ["Mastodon", "mastodon.social", "mastodon.online", "fosstodon.org", "hachyderm.io"],
    ["Bluesky", "bsky.app", "go.bsky.app"],
    ["Pinterest", "pinterest.com", "pin.it"],
    ["TikTok", "tiktok.com"],
    ["Snapchat", "snapchat.com"],
    ["Telegram", "t.me", "telegram.org", "web.telegram.org", "org.telegram.messenger"],
    ["WhatsApp", "whatsapp.com", "wa.me", "com.whatsapp"],
    ["Discord", "discord.com", "discordapp.com"],
    ["Slack", "slack.com", "com.slack"],
    ["Quora", "quora.com"],
    ["Tumblr", "tumblr.com"],
    ["VK", "vk.com"],
    ["Weibo", "weibo.com"],
    ["Product Hunt", "producthunt.com"],
    ["Xing", "xing.com"],
  ],
  video: [
    ["YouTube", "youtube.com", "youtu.be", "com.google.android.youtube"],
    ["Vimeo", "vimeo.com"],
    ["Twitch", "twitch.tv"],
    ["Dailymotion", "dailymotion.com"],
  ],
  email: [
    ["Gmail", "mail.google.com", "com.google.android.gm"],
    ["Outlook", "outlook.live.com", "outlook.office.com", "outlook.office365.com"],
    ["Yahoo Mail", "mail.yahoo.com"],
    ["Proton Mail", "mail.proton.me"],
    ["iCloud Mail", "icloud.com"],
    ["GMX", "gmx.net", "gmx.com"],
    ["Mailchimp", "mailchimp.com", "list-manage.com", "mailchi.mp"],
    ["Substack", "substack.com"],
  ],
  ai: [
    ["ChatGPT", "chatgpt.com", "chat.openai.com"],
    ["Claude", "claude.ai"],
    ["Gemini", "gemini.google.com", "bard.google.com"],
    ["Perplexity", "perplexity.ai"],
    ["Copilot", "copilot.microsoft.com"],
    ["Mistral", "chat.mistral.ai"],
    ["DeepSeek", "chat.deepseek.com"],
    ["Grok", "grok.com"],
    ["Meta AI", "meta.ai"],
    ["You.com", "you.com"],
    ["Phind", "phind.com"],
  ],
  dev: [
    ["GitHub", "github.com"],
    ["GitLab", "gitlab.com"],
    ["Stack Overflow", "stackoverflow.com"],
    ["npm", "npmjs.com"],
    ["DEV", "dev.to"],
    ["Medium", "medium.com"],
    ["Wikipedia", "wikipedia.org"],
  ],
}

const byHost = new Map<string, KnownSource>()
const byName = new Map<string, KnownSource>()
for (const [kind, sources] of Object.entries(table) as ReadonlyArray<[SourceKind, (typeof table)[SourceKind]]>) {
  for (const [name, ...hosts] of sources) {
    for (const host of hosts) byHost.set(host, { name, kind })
    byName.set(name.toLowerCase(), { name, kind })
  }
}

/** What people write into `utm_source` for a source that has another name. */
const ALIASES: Readonly<Record<string, string>> = {
  fb: "facebook",
  ig: "instagram",
  twitter: "x",
  adwords: "google",
  yt: "youtube",
  hn: "hacker news",
  openai: "chatgpt",
}

/** Search engines that answer under a domain of each country. */
const NATIONAL = /(?:^|\.)(google|bing|yandex|yahoo|baidu)\.(?:com?\.)?[a-z]{2}$/

/** The known source that a host belongs to: the host itself, else the nearest parent domain. */
export const sourceOfHost = (host: string): KnownSource | undefined => {
  for (let rest = host; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) {
    const known = byHost.get(rest)
    if (known !== undefined) return known
  }
  const national = NATIONAL.exec(host)?.[1]
  return national === undefined ? undefined : byName.get(national)
}

/** The known source that somebody meant by a `utm_source`: its name, an alias or a host, in any case. */
export const sourceOfTag = (tag: string): KnownSource | undefined => {
  const name = tag.toLowerCase()
  return byName.get(ALIASES[name] ?? name) ?? sourceOfHost(name)
}
