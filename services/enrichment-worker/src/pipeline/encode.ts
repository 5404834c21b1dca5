import { encodeBotEventRow, encodeEventRow } from "@footfall/warehouse/EventRow"
import { encodeSessionRow } from "@footfall/warehouse/SessionRow"
import type { Table } from "@footfall/warehouse/insert"
import type { Change, Sessionized } from "./sessionize.ts"

/** The rows of a batch, encoded, by table in the order in which they are inserted. */
export type Lines = Readonly<Record<Table, ReadonlyArray<string>>>

const takenBackAndWritten = ({ before, after }: Change): ReadonlyArray<string> =>
  before === undefined ? [encodeSessionRow(after, 1)] : [encodeSessionRow(before, -1), encodeSessionRow(after, 1)]

/** Writes the rows of a batch as JSON lines. */
export const encode = ({ events, botEvents, changes }: Sessionized): Lines => ({
  events: events.map(encodeEventRow),
  bot_events: botEvents.map(encodeBotEventRow),
  sessions: changes.flatMap(takenBackAndWritten),
})
