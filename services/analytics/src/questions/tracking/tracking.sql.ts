import { Schema } from "effect"
import { all } from "../../sql/all.ts"
import { between, instants, PROJECT } from "../../sql/conditions.ts"
import { Count, question } from "../../sql/question.ts"

/** `latest` is the time of the newest event, epoch ms; 0 when there is none. */
export const LatestEventRow = Schema.Struct({ latest: Count })

/** The newest event of a project. The order of the table leads to its last hour, and only that hour is read. */
export const latestEvent = (projectId: string) =>
  question(
    `SELECT toUnixTimestamp64Milli(max(timestamp)) AS latest
FROM events
WHERE ${PROJECT} AND toStartOfHour(timestamp) IN (
  SELECT toStartOfHour(timestamp) AS hour FROM events WHERE ${PROJECT} ORDER BY project_id DESC, toStartOfHour(timestamp) DESC LIMIT 1
)`,
    { project: projectId },
    LatestEventRow,
  )

/** `latest` is the time of the newest of them, epoch ms, 0 when there is none; `signal` is what gave that one away. */
export const BotEventsRow = Schema.Struct({ events: Count, latest: Count, signal: Schema.String })

/** Events of bots between two instants, the second one excluded. */
export const botEvents = (slice: { readonly projectId: string; readonly from: number; readonly to: number }) =>
  question(
    `SELECT count() AS events, toUnixTimestamp64Milli(max(timestamp)) AS latest, argMax(bot_signal, timestamp) AS signal
FROM bot_events
WHERE ${all(PROJECT, between("timestamp"))}`,
    { project: slice.projectId, ...instants({ from: slice.from, to: slice.to }) },
    BotEventsRow,
  )
