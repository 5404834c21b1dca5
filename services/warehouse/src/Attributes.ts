/** The one list of the attributes: name and column of each, in the order in which their values are kept and written. */
const list = [
  ["entryPath", "entry_path"],
  ["referrer", "referrer"],
  ["source", "source"],
  ["channel", "channel"],
  ["utmSource", "utm_source"],
  ["utmMedium", "utm_medium"],
  ["utmCampaign", "utm_campaign"],
  ["utmTerm", "utm_term"],
  ["utmContent", "utm_content"],
  // Which click parameter the landing address carried (`gclid`); never its value.
  ["clickId", "click_id"],
  // ISO 3166 alpha-2, empty when unknown.
  ["country", "country"],
  ["region", "region"],
  ["city", "city"],
  ["browser", "browser"],
  ["browserVersion", "browser_version"],
  ["os", "os"],
  ["osVersion", "os_version"],
  ["device", "device"],
  ["language", "language"],
] as const

/** The columns of {@link Attributes} in events, bot_events and sessions, in the order of its values. */
export const attributeColumns: ReadonlyArray<string> = list.map(([, column]) => column)

/** A value for every attribute, by name. */
export type NamedAttributes = Readonly<Record<(typeof list)[number][0], string>>

/** What a session's first event decides for the whole session; every one of its events carries these. */
export class Attributes {
  /** In the order of {@link attributeColumns}. */
  readonly values: ReadonlyArray<string>
  #encoded: string | undefined

  /** From values in the order of {@link attributeColumns}, as they were once kept; those of attributes added since are empty. */
  constructor(values: ReadonlyArray<string>) {
    this.values = values.length === list.length ? values : list.map((_, place) => values[place] ?? "")
  }

  static of(named: NamedAttributes): Attributes {
    return new Attributes(list.map(([name]) => named[name]))
  }

  /** The values as a piece of a JSONCompactEachRow row. Computed once: a session's events share it. */
  get encoded(): string {
    return (this.#encoded ??= JSON.stringify(this.values).slice(1, -1))
  }
}
