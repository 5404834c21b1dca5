import { Schema } from "effect"
import * as analytics from "../../src/generated/analytics.ts"
import analyticsDocument from "../../src/generated/openapi/analytics.json" with { type: "json" }
import ingestDocument from "../../src/generated/openapi/ingest.json" with { type: "json" }
import managementDocument from "../../src/generated/openapi/management.json" with { type: "json" }
import * as management from "../../src/generated/management.ts"
import * as shared from "../../src/generated/shared.ts"
import type { SpecDocument } from "../../generator/nodes.ts"

const at = "2026-01-01T00:00:00Z"
const id = "0b1f7d6e-1111-4222-8333-444455556666"
const metrics = { visitors: 1, visits: 2, pageviews: 3, bounceRate: 0.5, visitDuration: 12.5 }
const meta = { exact: true, rowsRead: 1, bytesRead: 2, elapsedMs: 0.5 }
const bucket = { start: at, end: at, partial: false, metrics }
const row = { value: "/", visitors: 1, visits: 1, pageviews: 1, events: 0, previous: { visitors: 1, visits: 1, pageviews: 1, events: 0 } }
const client = { touchPoints: 5, automated: false }
const clientHints = {
  brands: `"Brave";v="143"`,
  mobile: "?0",
  platform: `"Windows"`,
  platformVersion: `"15.0.0"`,
  model: `""`,
  formFactors: `"Desktop"`,
}
const context = { ip: "203.0.113.7", userAgent: "Mozilla", clientHints, client, visitorId: "v" }
const common = {
  id,
  timestamp: at,
  url: "https://a.example/p?q=1",
  referrer: "https://b.example",
  title: "T",
  properties: { plan: "pro", n: [1, { a: null }] },
  context,
}
const pageview = { kind: "pageview", ...common }
const secretKey = { id, name: "ci", prefix: "ffs_ab", scopes: ["stats:read"], createdAt: at }

const of = (document: unknown, schemas: Readonly<Record<string, Schema.Top>>, samples: Readonly<Record<string, unknown>>) =>
  Object.entries(samples).map(([name, sample]) => ({ name, sample, schema: schemas[name]!, document: document as SpecDocument }))

/** A batch as the handler reads it: the envelope first, then (`x-each`) event by event. */
const EventBatch = shared.EventBatch.check(Schema.makeFilter(({ events }) => events.every(Schema.is(shared.Event))))

const filter = {
  and: [
    { dimension: "page", operator: "is", values: ["/", "/docs"] },
    { not: { or: [{ dimension: "os", operator: "is_not", values: [""] }, { and: [] }] } },
  ],
}

/** A valid value of every component that is more than a word, with its generated schema and its document. */
export const samples = [
  ...of(ingestDocument, { ...shared, EventBatch } as never, {
    EventBatch: { key: "ffw_1", sentAt: at, client, events: [pageview, { kind: "event", name: "signup" }] },
    Client: client,
    ClientHints: clientHints,
    PageviewEvent: pageview,
    CustomEvent: { kind: "event", name: "signup", ...common },
    Event: pageview,
    Receipt: { accepted: 1, refused: 1, refusals: [{ index: 0, reason: "invalid", pointer: "/events/0", message: "m" }] },
    Problem: { type: "about:blank", title: "t", status: 404, detail: "d" },
    ValidationProblem: { type: "about:blank", title: "t", status: 400, errors: [{ in: "body", pointer: "/a", message: "m" }] },
  }),
  ...of(analyticsDocument, { ...shared, ...analytics } as never, {
    RangeEdge: at,
    FilterText: "page:is:/pricing",
    Questions: {
      questions: [
        { kind: "timeseries", from: at, to: at, interval: "day", compare: "previous_year", metrics: ["visitors"], filter: ["page:is:/"] },
        { kind: "breakdown", dimension: "page", from: at, to: at, limit: 3, cursor: "3", filter },
        { kind: "online" },
      ],
    },
    Timeseries: {
      from: at,
      to: at,
      timeZone: "Europe/Berlin",
      interval: "day",
      metrics: ["visitors", "bounceRate"],
      buckets: [bucket],
      totals: metrics,
      comparison: { from: at, to: at, totalsTo: at, buckets: [bucket], totals: metrics },
      firstEventAt: at,
      meta,
    },
    Breakdown: {
      from: at,
      to: at,
      timeZone: "UTC",
      dimension: "page",
      metrics: ["visitors"],
      rows: [row],
      totalVisitors: 1,
      totalRows: 1,
      nextCursor: "10",
      meta,
    },
    Tracking: { latestEventAt: at, bots: { events: 1, latestEventAt: at, latestSignal: "user agent: curl/" }, meta },
    FirstEventAnswer: {
      event: { kind: "pageview", name: "", timestamp: at, page: "/", country: "DE", browser: "b", os: "o", device: "d" },
    },
  }),
  ...of(managementDocument, { ...shared, ...management } as never, {
    OwnerCreate: { setupCode: "ABCDE", name: "Ada", email: "ada@example.org", password: "correct horse" },
    Credentials: { email: "ada@example.org", password: "x" },
    ProjectCreate: { name: "Site", domain: "example.org", timeZone: "Europe/Berlin" },
    ProjectList: { projects: [{ id: "728291047", name: "n", domain: null, timeZone: "UTC", createdAt: at, writeKey: "ffw_" }] },
    Session: { token: "t", expiresAt: at, user: { id: "u", name: "n", email: "e", role: "owner" } },
    SecretKeyCreate: { name: "ci", scopes: ["stats:read", "projects:read"] },
    SecretKeyCreated: { secretKey, secret: "ffs_abc" },
  }),
]
