import type { CardSpec } from "#lib/report/cards/spec.ts"

/** The cards of the overview, in their order. */
export const cards: ReadonlyArray<CardSpec> = [
  { id: "pages", title: "Pages", tabs: ["page", "entry_page"] },
  { id: "sources", title: "Sources", tabs: ["source", "channel", "referrer"] },
  { id: "locations", title: "Locations", tabs: ["country", "region", "city", "language"] },
  { id: "devices", title: "Devices", tabs: ["browser", "os", "device"] },
  { id: "campaigns", title: "Campaigns", tabs: ["utm_campaign", "utm_source", "utm_medium", "utm_term", "utm_content"] },
  { id: "events", title: "Events", tabs: ["event"] },
]
