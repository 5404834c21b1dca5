import type { ClickHouse } from "@footfall/platform/ClickHouse"
import { Effect } from "effect"
import { attributeColumns, type Attributes, DIRECT } from "./Attributes.ts"
import { hoursBetween } from "./hours.ts"

/** Where a row stands among the events of a visitor: its time, epoch milliseconds, and its event id. */
interface Position {
  readonly at: number
  readonly id: string
}

/** Events that are stored already and belong to another session than their rows say, or to one with other attributes. */
export interface Correction {
  readonly projectId: string
  /** Their visitor ids. */
  readonly visitorIds: ReadonlyArray<string>
  /** The session ids that their rows may have. */
  readonly sessionIds: ReadonlyArray<string>
  /** The first and the last of them. */
  readonly from: Position
  readonly to: Position
  /** What their rows shall say. */
  readonly sessionId: string
  readonly personId: string
  readonly attributes: Attributes
}

/** Corrections of one statement: its parameters travel in the address of a request, which a server takes up to a mebibyte. */
const MOST = 50

const AT = "(toUnixTimestamp64Milli(timestamp), toString(event_id))"

/** Which of the corrections a row falls under, counted from 1; 0 when none. */
const WHICH = `arrayFirstIndex(
  (old, fromAt, fromId, toAt, toId) -> session_id = old AND ${AT} >= (fromAt, fromId) AND ${AT} <= (toAt, toId),
  {olds:Array(UInt64)}, {fromAts:Array(Int64)}, {fromIds:Array(String)}, {toAts:Array(Int64)}, {toIds:Array(String)})`

/** The own attributes of a row that says them by what it carries now, written out; see ownAttributes.ts. */
const WRITTEN_OUT = (() => {
  const asTheRow = attributeColumns.map((column) => `toString(${column})`)
  const direct = attributeColumns.map((column) => {
    if (column === "entry_path") return "toString(path)"
    if (column === "channel") return `'${DIRECT}'`
    return /^(?:referrer|source|utm_.*|click_id)$/.test(column) ? "''" : `toString(${column})`
  })
  return `multiIf(own = '=', toJSONString([${asTheRow.join(", ")}]), own = '', toJSONString([${direct.join(", ")}]), own)`
})()

const UPDATE = `UPDATE events SET
  own = ${WRITTEN_OUT},
  session_id = {sessions:Array(UInt64)}[${WHICH}],
  person_id = {persons:Array(UInt64)}[${WHICH}],
  ${attributeColumns.map((column) => `${column} = {${column}s:Array(String)}[${WHICH}]`).join(",\n  ")}
WHERE project_id = {project:UInt64}
  AND (toStartOfHour(timestamp), visitor_id) IN arrayZip({hours:Array(DateTime('UTC'))}, {visitors:Array(UInt64)})
  AND session_id IN {olds:Array(UInt64)}
  AND ${WHICH} > 0`

const paramsOf = (projectId: string, corrections: ReadonlyArray<Correction>) => {
  const each = corrections.flatMap((correction) => correction.sessionIds.map((old) => ({ ...correction, old })))
  const places = corrections.flatMap(({ visitorIds, from, to }) =>
    visitorIds.flatMap((visitorId) => hoursBetween([{ from: from.at, to: to.at }]).map((hour) => ({ hour, visitorId }))),
  )
  const columns = attributeColumns.map((column, place) => [`${column}s`, each.map(({ attributes }) => attributes.values[place]!)])
  return {
    project: projectId,
    hours: places.map(({ hour }) => hour),
    visitors: places.map(({ visitorId }) => BigInt(visitorId)),
    olds: each.map(({ old }) => BigInt(old)),
    fromAts: each.map(({ from }) => from.at),
    fromIds: each.map(({ from }) => from.id),
    toAts: each.map(({ to }) => to.at),
    toIds: each.map(({ to }) => to.id),
    sessions: each.map(({ sessionId }) => BigInt(sessionId)),
    persons: each.map(({ personId }) => BigInt(personId)),
    ...Object.fromEntries(columns),
  }
}

/**
 * Puts events that are stored already into the sessions that they belong to, by lightweight updates with absolute values: repeating a
 * correction changes nothing, for then no row between its positions has an old session id any more. What a row says of itself survives.
 */
export const correct = Effect.fn("warehouse.correct")(function* (
  clickhouse: ClickHouse["Service"],
  corrections: ReadonlyArray<Correction>,
) {
  const byProject = Map.groupBy(corrections, ({ projectId }) => projectId)
  for (const [projectId, own] of byProject)
    for (let start = 0; start < own.length; start += MOST)
      yield* clickhouse.command(UPDATE, paramsOf(projectId, own.slice(start, start + MOST)), { enable_lightweight_update: 1 })
})
