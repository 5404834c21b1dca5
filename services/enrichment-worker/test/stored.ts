import { attributeColumns, Attributes } from "@footfall/warehouse/Attributes"
import { decodeOwn } from "@footfall/warehouse/ownAttributes"
import type { Corner } from "./corner.ts"

/** A row of events with its own attributes written out: how the column says them depends on whether the row was corrected. */
const writtenOut = (row: Record<string, unknown>): Record<string, unknown> => {
  const ofRow = new Attributes(attributeColumns.map((column) => String(row[column])))
  return { ...row, own: decodeOwn(String(row["own"]), ofRow, String(row["path"])).values }
}

/** All rows of the warehouse in a form that can be compared: events as they are, sessions collapsed to what counts. */
export const storedRows = async (place: Corner) => ({
  events: (await place.query<Record<string, unknown>>("SELECT * FROM events ORDER BY event_id, project_id, received_at")).map(writtenOut),
  botEvents: await place.query<Record<string, unknown>>("SELECT * FROM bot_events ORDER BY event_id, project_id, received_at"),
  sessions: await place.query<Record<string, unknown>>(
    "SELECT * EXCEPT (sign), sum(sign) AS current FROM sessions GROUP BY ALL HAVING current != 0 ORDER BY session_id, version",
  ),
})

/** How many entries wait or are being processed. */
export const waiting = async (place: Corner): Promise<number> => {
  const redis = await place.redis()
  const partitions = Array.from(
    { length: Number(place.env.PARTITIONS) },
    (_, partition) => `${place.env.REDIS_PREFIX}events:{${partition}}`,
  )
  const lengths = await Promise.all(partitions.map((stream) => redis.xlen(stream)))
  return lengths.reduce((sum, length) => sum + length, 0)
}
