import { countryName, languageName } from "#lib/format/places.ts"
import type { Dimension } from "@footfall/sdk/api"

interface DimensionWords {
  /** Heads a tab and a list. */
  readonly plural: string
  /** The same on the tab of a card that says the rest. */
  readonly tab: string
  /** Names the column and the filter. */
  readonly singular: string
  /** What a value is called; the empty value means "not set" and has a name of its own everywhere. */
  readonly valueLabel: (value: string) => string
}

const words = (plural: string, singular: string, unset: string, label: (value: string) => string = (value) => value): DimensionWords => ({
  plural,
  tab: plural.replace(/^UTM (.)/, (_, first: string) => first.toUpperCase()),
  singular,
  valueLabel: (value) => (value === "" ? unset : label(value)),
})

const capitalised = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1)
const withoutScheme = (value: string): string => value.replace(/^https?:\/\//, "")
const notSet = "(not set)"
const unknown = "Unknown"
const deviceName = (value: string): string => (value === "tv" ? "TV" : capitalised(value))

export const dimensions: Readonly<Record<Dimension, DimensionWords>> = {
  page: words("Pages", "Page", "(no page)"),
  entry_page: words("Entry pages", "Entry page", "(no page)"),
  source: words("Sources", "Source", "Direct / none"),
  channel: words("Channels", "Channel", "Other"),
  referrer: words("Referrers", "Referrer", "(no referrer)", withoutScheme),
  utm_source: words("UTM sources", "UTM source", notSet),
  utm_medium: words("UTM mediums", "UTM medium", notSet),
  utm_campaign: words("Campaigns", "Campaign", "(no campaign)"),
  utm_term: words("UTM terms", "UTM term", notSet),
  utm_content: words("UTM contents", "UTM content", notSet),
  country: words("Countries", "Country", unknown, countryName),
  region: words("Regions", "Region", unknown),
  city: words("Cities", "City", unknown),
  language: words("Languages", "Language", unknown, languageName),
  browser: words("Browsers", "Browser", unknown),
  browser_version: words("Browser versions", "Browser version", unknown),
  os: words("Operating systems", "Operating system", unknown),
  os_version: words("System versions", "System version", unknown),
  device: words("Devices", "Device", unknown, deviceName),
  event: words("Events", "Event", "(no name)"),
}

export const isDimension = (text: string): text is Dimension => Object.hasOwn(dimensions, text)
