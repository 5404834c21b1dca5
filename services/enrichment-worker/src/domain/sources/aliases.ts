/**
 * What people and ad systems write into `utm_source` for a source that is called otherwise, divided by blanks, without the marks
 * between words (`hacker-news` is hackernews). Names with their words together need not stand here.
 */
export const ALIASES: Readonly<Record<string, string>> = {
  // The last ones fill in for {{site_source_name}}: Facebook, Messenger and the Audience Network.
  Facebook: "fbook meta facebookmessenger messenger fbmessenger audiencenetwork fb msg an",
  Instagram: "insta ig instagramstories igshopping",
  X: "twitter tweet xtwitter twitterx",
  LinkedIn: "lnkd li",
  Google: "googlesearch googlemybusiness googlebusiness googlebusinessprofile gmb gbp googlemaps googleorganic googlediscover",
  Bing: "microsoftbing bingsearch msn",
  DuckDuckGo: "ddg",
  "Brave Search": "brave",
  YouTube: "yt ytb",
  TikTok: "tt",
  WhatsApp: "wa",
  Telegram: "tg",
  "Hacker News": "hn ycombinator",
  Weibo: "sinaweibo",
  VK: "vkontakte",
  Threads: "th",
  Pinterest: "pin",
  Snapchat: "snap",
  "Product Hunt": "ph",
  "Stack Overflow": "so",
  GitHub: "gh",
  Odnoklassniki: "ok okru",
  ChatGPT: "openai gpt",
  Copilot: "microsoftcopilot bingchat",
  Gemini: "googlegemini bard",
  Claude: "anthropic",
  Mistral: "lechat mistralai",
  Perplexity: "perplexityai",
  Brevo: "sendinblue",
  Kit: "convertkit",
  HubSpot: "hsemail hsautomation",
  Newsletter: "newsletters enewsletter enews",
  Email: "emails emailing mailing mail",
  SMS: "textmessage",
  Push: "webpush pushnotification pushnotifications",
}

/** The same for names that only an advertiser writes: without a medium they say that the click was paid for. */
export const AD_ALIASES: Readonly<Record<string, string>> = {
  Google: "adwords gads googleads googleadwords googleadservices gdn googlepmax",
  Bing: "bingads microsoftads microsoftadvertising msads",
  Facebook: "facebookads fbads metaads",
  Instagram: "instagramads igads",
  LinkedIn: "linkedinads liads",
  TikTok: "tiktokads ttads",
  Pinterest: "pinterestads",
  Snapchat: "snapchatads",
  Reddit: "redditads",
  YouTube: "youtubeads ytads",
  X: "twitterads xads",
}

/** Names of sources that are words, too: in a `utm_source` they mean something else, so such a source is known by its hosts only. */
export const WORDS: ReadonlySet<string> = new Set(
  "abv alice allegro aruba beeline bol consensus dev felo free front geni goo hey karma kick kit manus minds nate note orange pi poe signal target tagged terra wish workplace wp yam yep".split(
    " ",
  ),
)

/** Sources that are no place on the web, by the kind that they are. */
export const KINDS_BY_NAME = { email: ["Newsletter", "Email", "HubSpot"], sms: ["SMS"], push: ["Push", "Firebase"] } as const

/**
 * Words with which ad systems and people name a part of a network: a name followed by nothing else is that network
 * (`Facebook_Mobile_Feed`, `instagram-stories`, `linkedin_ads`).
 */
export const PARTS: ReadonlySet<string> = new Set(
  "ad ads paid cpc ppc organic social mobile desktop feed feeds story stories reel reels right column inbox explore shop profile instream stream in video videos marketplace group groups page pages post posts bio link app web search display network lead leads messages status classic home business dm".split(
    " ",
  ),
)

/** Those of {@link PARTS} that say that a click was paid for. */
export const PAID_PARTS: ReadonlySet<string> = new Set(["ad", "ads", "paid", "cpc", "ppc"])
