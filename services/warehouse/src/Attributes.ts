/** What a session's first event decides for the whole session; every one of its events carries these. */
export interface Attributes {
  readonly entryPath: string
  readonly referrer: string
  readonly source: string
  readonly channel: string
  readonly utmSource: string
  readonly utmMedium: string
  readonly utmCampaign: string
  readonly utmTerm: string
  readonly utmContent: string
  /** Which click parameter the landing address carried (`gclid`); never its value. */
  readonly clickId: string
  /** ISO 3166 alpha-2, empty when unknown. */
  readonly country: string
  readonly region: string
  readonly city: string
  readonly browser: string
  readonly browserVersion: string
  readonly os: string
  readonly osVersion: string
  readonly device: string
  readonly language: string
}

/** The columns of {@link Attributes} in events, bot_events and sessions, in the order of {@link encodeAttributes}. */
export const attributeColumns = [
  "entry_path",
  "referrer",
  "source",
  "channel",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "click_id",
  "country",
  "region",
  "city",
  "browser",
  "browser_version",
  "os",
  "os_version",
  "device",
  "language",
] as const

const encoded = new WeakMap<Attributes, string>()

/** The attributes as a piece of a JSONCompactEachRow row. Computed once per object: a session's events share it. */
export const encodeAttributes = (attributes: Attributes): string => {
  const known = encoded.get(attributes)
  if (known !== undefined) return known
  const a = attributes
  const values = [a.entryPath, a.referrer, a.source, a.channel, a.utmSource, a.utmMedium, a.utmCampaign, a.utmTerm, a.utmContent, a.clickId]
  const piece = JSON.stringify([
    ...values,
    a.country,
    a.region,
    a.city,
    a.browser,
    a.browserVersion,
    a.os,
    a.osVersion,
    a.device,
    a.language,
  ])
  const text = piece.slice(1, -1)
  encoded.set(attributes, text)
  return text
}
