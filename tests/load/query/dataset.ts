import type { ClickHouseClient } from "@clickhouse/client"

/** What to fill a project with: `sessions` sessions spread over `days` days from `from` (epoch ms) on, some 2.6 events each. */
export interface Fill {
  readonly project: string
  readonly sessions: number
  readonly from: number
  readonly days: number
}

/** Events of a session on average, by the distribution below. */
export const eventsPerSession = 2.63

const list = (values: ReadonlyArray<string>) => `[${values.map((value) => `'${value}'`).join(",")}]`
/** A value out of many, the first ones more often than the last; `bits` is a number that decides which. */
const skewed = (values: string, bits: string, power = 2) =>
  `arrayElement(${values}, 1 + toUInt32(pow((${bits}) % 100003 / 100003, ${power}) * length(${values})))`

const countries = list([
  "US",
  "DE",
  "GB",
  "IN",
  "FR",
  "CA",
  "NL",
  "AU",
  "BR",
  "JP",
  "ES",
  "IT",
  "PL",
  "SE",
  "CH",
  "AT",
  "NO",
  "DK",
  "FI",
  "BE",
  "IE",
  "PT",
  "CZ",
  "MX",
  "KR",
  "SG",
  "ID",
  "NZ",
  "ZA",
  "TR",
])
const sources = list([
  "",
  "Google",
  "Hacker News",
  "GitHub",
  "newsletter",
  "Bing",
  "ChatGPT",
  "DuckDuckGo",
  "Reddit",
  "LinkedIn",
  "YouTube",
  "blog.example.net",
])
const channels = list(["Direct", "Organic Search", "Organic Social", "Referral", "Email", "AI Assistant", "Paid Search"])
const campaigns = list(["", "", "", "", "spring", "launch", "newsletter-12", "brand"])
const pages = `arrayConcat(['/', '/pricing', '/features', '/docs', '/blog', '/signup', '/about'], arrayMap(i -> concat('/blog/', toString(i)), range(400)))`
const names = list(["signup started", "signup completed", "project created", "subscribed", "video played", "quote sent"])
/** Cumulative share of the day that has passed by the end of each hour, in thousandths. */
const hours = "[11,18,23,27,31,37,50,76,120,178,240,300,352,410,472,533,591,645,692,738,788,837,916,1000]"

/** One row per session: all that its events share, as expressions over `h`, a hash of the session. */
const sessions = `SELECT
  {project:UInt64} AS project_id,
  cityHash64(project_id, number) AS h,
  bitShiftRight(h, 17) AS h2,
  bitShiftRight(h, 31) AS h3,
  if(h % 100 < 44, 1, 2 + least(10, toUInt8(-log(1 - h2 % 1000 / 1000.) * 2.4))) AS steps,
  3000 + h3 % 90 * 1000 AS gap,
  {from:Int64} + intDiv(number * {days:UInt64}, {sessions:UInt64}) * 86400000
    + (arrayFirstIndex(share -> share > h2 % 1000, ${hours}) - 1) * 3600000 + h3 % 3600000 AS start,
  cityHash64(project_id, 'visitor', h % toUInt64({sessions:UInt64} * 0.7)) AS visitor,
  cityHash64(project_id, 'session', number) AS session,
  arrayMap(i -> i > 0 AND cityHash64(h, i) % 9 = 0, range(steps)) AS custom,
  arrayMap(i -> ${skewed(pages, "cityHash64(h, i, 'page')", 3)}, range(steps)) AS paths,
  arrayMap((i, one) -> if(one, ${skewed(names, "cityHash64(h, i, 'name')", 1)}, ''), range(steps), custom) AS event_names,
  arrayFilter(i -> arrayFirstIndex((path, name) -> path = paths[i] AND name = event_names[i], paths, event_names) = i, arrayEnumerate(paths)) AS distinct_steps,
  ${skewed(countries, "h2")} AS country,
  ${skewed(sources, "h3")} AS source,
  ${skewed(channels, "h3 + 7")} AS channel,
  ${skewed(campaigns, "h2 + 11", 1)} AS campaign,
  ${skewed(list(["Chrome", "Safari", "Firefox", "Edge", "Opera"]), "h + 3")} AS browser,
  ${skewed(list(["Windows", "macOS", "iOS", "Android", "Linux"]), "h + 5", 1.3)} AS os,
  ${skewed(list(["desktop", "mobile", "tablet"]), "h + 9", 1.6)} AS device
FROM numbers({first:UInt64}, {count:UInt64})`

/** The columns that sessions and events have in common. */
const attributes: Readonly<Record<string, string>> = {
  project_id: "project_id",
  visitor_id: "visitor",
  person_id: "visitor",
  session_id: "session",
  hostname: "'www.example.com'",
  entry_path: "paths[1]",
  referrer: "if(source = '', '', concat('https://', lower(replaceAll(source, ' ', '')), '.example/'))",
  source: "source",
  channel: "channel",
  utm_source: "if(campaign = '', '', 'newsletter')",
  utm_medium: "if(campaign = '', '', 'email')",
  utm_campaign: "campaign",
  country: "country",
  region: "concat(country, '-', toString(h % 12))",
  city: "concat(country, ' city ', toString(h % 60))",
  browser: "browser",
  browser_version: "toString(120 + h % 20)",
  os: "os",
  os_version: "toString(10 + h % 8)",
  device: "device",
  language: "'en-US'",
}

const sessionColumns = {
  ...attributes,
  started_at: "fromUnixTimestamp64Milli(toInt64(start), 'UTC')",
  ended_at: "fromUnixTimestamp64Milli(toInt64(start + (steps - 1) * gap), 'UTC')",
  pageviews: "arrayCount(one -> NOT one, custom)",
  events: "arrayCount(one -> one, custom)",
  exit_path: "paths[arrayLastIndex(one -> NOT one, custom)]",
  pages: "arrayMap(i -> paths[i], distinct_steps)",
  names: "arrayMap(i -> event_names[i], distinct_steps)",
  sign: "1",
  version: "steps",
}

const eventColumns = {
  ...attributes,
  timestamp: "fromUnixTimestamp64Milli(toInt64(start + step * gap), 'UTC')",
  event_id: "generateUUIDv4()",
  kind: "if(custom[step + 1], 'event', 'pageview')",
  name: "event_names[step + 1]",
  path: "paths[step + 1]",
  title: "concat('Title of ', paths[step + 1])",
  properties: `CAST(if(custom[step + 1], '{"plan":"workshop","amount":29}', '{}') AS JSON)`,
  received_at: "timestamp",
}

const insertInto = (table: string, columns: Readonly<Record<string, string>>, from: string) =>
  `INSERT INTO ${table} (${Object.keys(columns).join(", ")})
SELECT ${Object.entries(columns)
    .map(([name, expression]) => `${expression} AS ${name}_`)
    .join(",\n  ")
    .replaceAll("timestamp AS received_at_", "timestamp_ AS received_at_")}
FROM (${from})`

const insertSessions = insertInto("sessions", sessionColumns, sessions)
const insertEvents = insertInto("events", eventColumns, `SELECT *, arrayJoin(range(steps)) AS step FROM (${sessions})`)

/** Sessions per statement. */
const chunk = 400_000

/** Fills a project with sessions and exactly their events, all made by ClickHouse from hashes. `progress` hears of each million or so. */
export const fill = async (clickhouse: ClickHouseClient, what: Fill, progress: () => void): Promise<void> => {
  for (let first = 0; first < what.sessions; first += chunk) {
    const query_params = { ...what, first, count: Math.min(chunk, what.sessions - first) }
    await clickhouse.command({ query: insertSessions, query_params })
    await clickhouse.command({ query: insertEvents, query_params })
    progress()
  }
}

/** Refuses a project whose sessions do not add up to its events. Returns how many events it has. */
export const checked = async (clickhouse: ClickHouseClient, project: string): Promise<number> => {
  const one = async (query: string) => {
    const answer = await clickhouse.query({ query, query_params: { project }, format: "JSONEachRow" })
    return (await answer.json<Record<string, string | number>>())[0] ?? {}
  }
  // Half of a hash, which fits in a number, over what each session was about.
  const half = (hashes: string) => `bitAnd(groupBitXor(${hashes}), 4294967295)`
  const events = await one(
    `SELECT count() AS n, countIf(kind = 'pageview') AS views, uniqExact(session_id) AS sessions,
       (SELECT ${half("pair")} FROM (
         SELECT DISTINCT cityHash64(session_id, path, toString(name)) AS pair FROM events WHERE project_id = {project:UInt64}
       )) AS pairs
     FROM events WHERE project_id = {project:UInt64}`,
  )
  const sums = await one(
    `SELECT sum(s.pageviews + s.events) AS n, sum(s.pageviews) AS views, count() AS sessions,
       ${half("arrayReduce('groupBitXor', arrayMap((path, name) -> cityHash64(s.session_id, path, toString(name)), s.pages, s.names))")} AS pairs
     FROM sessions AS s WHERE project_id = {project:UInt64}`,
  )
  if (JSON.stringify(Object.values(events).map(Number)) !== JSON.stringify(Object.values(sums).map(Number)))
    throw new Error(`Sessions and events of ${project} do not agree: ${JSON.stringify({ events, sums })}`)
  return Number(events["n"])
}
