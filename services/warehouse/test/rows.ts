import { Attributes, type NamedAttributes } from "../src/Attributes.ts"
import type { EventRow } from "../src/EventRow.ts"
import type { SessionRow } from "../src/SessionRow.ts"

export const named: NamedAttributes = {
  entryPath: "/in",
  referrer: "https://www.google.com/",
  source: "Google",
  channel: "Organic Search",
  utmSource: "s",
  utmMedium: "m",
  utmCampaign: "c",
  utmTerm: "t",
  utmContent: "n",
  clickId: "gclid",
  country: "DE",
  region: "Hessen",
  city: "Frankfurt",
  browser: "Chrome",
  browserVersion: "140",
  os: "Windows",
  osVersion: "10",
  device: "desktop",
  language: "de",
}

const attributes = Attributes.of(named)

export const eventRow: EventRow = {
  projectId: "18446744073709551615",
  timestamp: Date.parse("2026-11-02T10:00:00.123Z"),
  eventId: "01994ad2-0000-7000-8000-00000000abcd",
  kind: "event",
  name: 'sign"up\\',
  visitorId: "18446744073709551614",
  personId: "18446744073709551613",
  sessionId: "18446744073709551612",
  hostname: "example.com",
  path: "/größe/😀",
  query: "a=1&b=2",
  title: 'It\'s\n\ta "title"',
  properties: undefined,
  receivedAt: Date.parse("2026-11-02T10:00:01.456Z"),
  attributes,
  own: "=",
}

export const sessionRow: SessionRow = {
  projectId: "1",
  sessionId: "2",
  visitorId: "3",
  personId: "4",
  startedAt: Date.parse("2026-11-02T10:00:00Z"),
  endedAt: Date.parse("2026-11-02T10:05:00Z"),
  pageviews: 2,
  events: 1,
  exitPath: "/out",
  hostname: "example.com",
  attributes,
  pages: ["/in", "/größe/😀"],
  names: ["", 'sign"up\\'],
  version: 3,
}
