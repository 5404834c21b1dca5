import { countryName } from "#lib/format/places.ts"
import type { Dimension } from "@footfall/sdk/api"

interface DimensionWords {
  /** Heads a tab and a list. */
  readonly plural: string
  /** Names the column and the filter. */
  readonly singular: string
  /** What a value is called; the empty value means "not set" and has a name of its own everywhere. */
  readonly valueLabel: (value: string) => string
}

const words = (plural: string, singular: string, unset: string, label: (value: string) => string = (value) => value): DimensionWords => ({
  plural,
  singular,
  valueLabel: (value) => (value === "" ? unset : label(value)),
})

const capitalised = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1)
const deviceName = (value: string): string => (value === "tv" ? "TV" : capitalised(value))

export const dimensions: Readonly<Record<Dimension, DimensionWords>> = {
  page: words("Pages", "Page", "(no page)"),
  entry_page: words("Entry pages", "Entry page", "(no page)"),
  source: words("Sources", "Source", "Direct / none"),
  channel: words("Channels", "Channel", "Other"),
  utm_source: words("UTM sources", "UTM source", "(not set)"),
  utm_medium: words("UTM mediums", "UTM medium", "(not set)"),
  utm_campaign: words("Campaigns", "Campaign", "(no campaign)"),
  country: words("Countries", "Country", "Unknown", countryName),
  browser: words("Browsers", "Browser", "Unknown"),
  os: words("Operating systems", "Operating system", "Unknown"),
  device: words("Devices", "Device", "Unknown", deviceName),
  event: words("Events", "Event", "(no name)"),
}

export const isDimension = (text: string): text is Dimension => Object.hasOwn(dimensions, text)

/** A card shows one of its dimensions at a time; the address bar remembers which under the card's id. */
export interface CardSpec {
  readonly id: "pages" | "sources" | "locations" | "devices" | "events"
  readonly title: string
  readonly tabs: readonly [Dimension, ...ReadonlyArray<Dimension>]
}

/** Rows of a card. */
export const cardLimit = 8

/** Rows that a card chooses its own from: those that lead by visits or page views are among those that lead by visitors. */
export const cardPool = 100

export const cards: ReadonlyArray<CardSpec> = [
  { id: "pages", title: "Pages", tabs: ["page", "entry_page"] },
  { id: "sources", title: "Sources", tabs: ["source", "channel", "utm_campaign"] },
  { id: "locations", title: "Locations", tabs: ["country"] },
  { id: "devices", title: "Devices", tabs: ["browser", "os", "device"] },
  { id: "events", title: "Events", tabs: ["event"] },
]

/** The dimension that `card` shows when the address bar says `chosen`. */
export const shownDimension = (card: CardSpec, chosen: string | null): Dimension => card.tabs.find((tab) => tab === chosen) ?? card.tabs[0]
