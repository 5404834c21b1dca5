import { encodeBotEventRow, encodeEventRow } from "@footfall/warehouse/EventRow"
import { encodeSessionRow } from "@footfall/warehouse/SessionRow"
import type { Table } from "@footfall/warehouse/insert"
import type { Sessionized } from "./sessionize.ts"

/** The rows of a batch, encoded, by table in the order in which they are inserted. */
export type Lines = Readonly<Record<Table, ReadonlyArray<string>>>

/** Writes the rows of a batch as JSON lines. */
export const encode = ({ events, botEvents, replaced, sessions }: Sessionized): Lines => ({
  events: events.map(encodeEventRow),
  bot_events: botEvents.map(encodeBotEventRow),
  sessions: [...replaced.map((session) => encodeSessionRow(session, -1)), ...sessions.map(({ line }) => line)],
})
