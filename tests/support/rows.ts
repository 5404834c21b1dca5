import { attributeColumns, Attributes } from "@footfall/warehouse/Attributes"
import { decodeOwn } from "@footfall/warehouse/ownAttributes"
import { createHash } from "node:crypto"
import type { World } from "./world.ts"

/** All that was stored of a project, free of what differs between two runs by nature: ids made from the project's id, and moments of receipt. */
export interface StoredRows {
  readonly events: ReadonlyArray<Record<string, unknown>>
  readonly sessions: ReadonlyArray<Record<string, unknown>>
  readonly bots: ReadonlyArray<Record<string, unknown>>
}

const OWN = ["project_id", "visitor_id", "person_id", "session_id", "received_at"]

const without = (row: Record<string, unknown>, names: ReadonlyArray<string>) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

const sortedBy = (rows: Array<Record<string, unknown>>) => {
  const key = (row: Record<string, unknown>) => createHash("sha1").update(JSON.stringify(row)).digest("hex")
  return rows
    .map((row) => [key(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
}

/** What an event says of itself, written out: how the column says it depends on whether the row was corrected. */
const ownOf = (row: Record<string, unknown>) => {
  const ofRow = new Attributes(attributeColumns.map((column) => String(row[column])))
  return { own: decodeOwn(String(row["own"]), ofRow, String(row["path"])).values }
}

/**
 * Reads every column of every row. A session is named by the smallest event id in it; the sessions table is collapsed by hand, and
 * a session whose rows do not sum to exactly one current row shows up with that sum.
 */
export const storedRows = async (world: World, projectId: string): Promise<StoredRows> => {
  const params = { project: projectId }
  const events = await world.rows<Record<string, unknown>>("SELECT * FROM events WHERE project_id = {project:UInt64}", params)
  const nameOf = new Map<unknown, string>()
  for (const event of events) {
    const id = String(event["event_id"])
    const known = nameOf.get(event["session_id"])
    if (known === undefined || id < known) nameOf.set(event["session_id"], id)
  }
  const sessions = await world.rows<Record<string, unknown>>(
    `SELECT * EXCEPT (sign, version), sum(sign) AS current FROM sessions WHERE project_id = {project:UInt64} GROUP BY ALL HAVING current != 0`,
    params,
  )
  const bots = await world.rows<Record<string, unknown>>("SELECT * FROM bot_events WHERE project_id = {project:UInt64}", params)
  const named = (row: Record<string, unknown>) => ({ ...without(row, OWN), session: nameOf.get(row["session_id"]) ?? "unknown" })
  return {
    events: sortedBy(events.map((row) => ({ ...named(row), ...ownOf(row) }))),
    sessions: sortedBy(sessions.map(named)),
    bots: sortedBy(bots.map((row) => without(row, OWN))),
  }
}
