/**
 * The one list of the attributes: name and column of each, in the order in which their values are kept and written. Values are kept by
 * position in session states and in the column `own`, so an attribute is only ever added, at the end of its group or of the list.
 */
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

const placeOf = (name: (typeof list)[number][0]): number => list.findIndex(([known]) => known === name)

const ENTRY_PATH = placeOf("entryPath")
const CHANNEL = placeOf("channel")
/** The values that say where a visit came from: from `referrer` to `click_id`. */
const ATTRIBUTION = { from: placeOf("referrer"), to: placeOf("clickId") + 1 } as const

/** Where the values of place, device and language begin. */
const CLIENT = ATTRIBUTION.to

/** The channel of a visit that says nothing of where it came from. */
export const DIRECT = "Direct"

/** A value for every attribute, by name. */
export type NamedAttributes = Readonly<Record<(typeof list)[number][0], string>>

type Named<Name extends keyof NamedAttributes> = Pick<NamedAttributes, Name>
type DeviceAttribute = "browser" | "browserVersion" | "os" | "osVersion" | "device"

/** What the first event of a session decides for the whole session; every one of its events carries these. */
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

  /** Whether nothing is known of where the event came from. */
  get isDirect(): boolean {
    for (let place = ATTRIBUTION.from; place < ATTRIBUTION.to; place++)
      if (this.values[place] !== (place === CHANNEL ? DIRECT : "")) return false
    return true
  }

  /** These attributes, come from where the others came from. */
  withAttributionOf(other: Attributes): Attributes {
    return this.#with((value, place) => (isAttribution(place) ? other.values[place]! : value))
  }

  /** These attributes, come from nowhere that is known. */
  withoutAttribution(): Attributes {
    return this.#with((value, place) => (!isAttribution(place) ? value : place === CHANNEL ? DIRECT : ""))
  }

  /** These attributes of a visit that entered by this path. */
  enteredBy(path: string): Attributes {
    return this.values[ENTRY_PATH] === path ? this : this.#with((value, place) => (place === ENTRY_PATH ? path : value))
  }

  equals(other: Attributes): boolean {
    return this === other || this.values.every((value, place) => value === other.values[place])
  }

  /** Whether the place, the device and the language are the same. */
  isOfSameClient(other: Attributes): boolean {
    for (let place = CLIENT; place < list.length; place++) if (this.values[place] !== other.values[place]) return false
    return true
  }

  /** {@link isOfSameClient} for a client that is not among attributes yet. */
  isOfClient(place: Named<"country" | "region" | "city">, device: Named<DeviceAttribute>, language: string): boolean {
    const { values } = this
    return (
      values[CLIENT] === place.country &&
      values[CLIENT + 1] === place.region &&
      values[CLIENT + 2] === place.city &&
      values[CLIENT + 3] === device.browser &&
      values[CLIENT + 4] === device.browserVersion &&
      values[CLIENT + 5] === device.os &&
      values[CLIENT + 6] === device.osVersion &&
      values[CLIENT + 7] === device.device &&
      values[CLIENT + 8] === language
    )
  }

  #with(change: (value: string, place: number) => string): Attributes {
    return new Attributes(this.values.map(change))
  }
}

const isAttribution = (place: number): boolean => place >= ATTRIBUTION.from && place < ATTRIBUTION.to
