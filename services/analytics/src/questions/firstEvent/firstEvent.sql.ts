import { Schema } from "effect"
import { PROJECT } from "../../sql/conditions.ts"
import { Count, question } from "../../sql/question.ts"

export const FirstEventRow = Schema.Struct({
  kind: Schema.Literals(["pageview", "event"]),
  name: Schema.String,
  at: Count,
  page: Schema.String,
  country: Schema.String,
  browser: Schema.String,
  os: Schema.String,
  device: Schema.String,
})

/** The earliest event of a project. The order of the table leads to its first hour, and only that hour is sorted. */
export const firstEvent = (projectId: string) =>
  question(
    `SELECT kind, name, toUnixTimestamp64Milli(timestamp) AS at, path AS page, country, browser, os, device
FROM events
WHERE ${PROJECT} AND toStartOfHour(timestamp) IN (
  SELECT toStartOfHour(timestamp) AS hour FROM events WHERE ${PROJECT} ORDER BY project_id, toStartOfHour(timestamp) LIMIT 1
)
ORDER BY timestamp, event_id
LIMIT 1`,
    { project: projectId },
    FirstEventRow,
  )
