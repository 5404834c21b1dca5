import type { Statement } from "@footfall/platform/ClickHouse"
import { Schema } from "effect"

/** A whole number as ClickHouse writes 64-bit ones: as a string. */
export const Count = Schema.FiniteFromString

/** What no question may exceed; one that does is answered 503, not with a part of the truth. */
const limits = {
  readonly: "2",
  // Nobody waits for it any more, and the next question of its project has its place.
  cancel_http_readonly_queries_on_client_close: 1,
  max_execution_time: 20,
  max_memory_usage: "4000000000",
  max_result_rows: "50000",
  result_overflow_mode: "throw",
  timeout_overflow_mode: "throw",
} as const

/** A question: its text, the parameters it binds, and the shape of its rows. It can only read, and only so much. */
export const question = <A, I>(sql: string, params: Readonly<Record<string, unknown>>, row: Schema.Codec<A, I>): Statement<A, I> => ({
  sql,
  params,
  row,
  settings: limits,
})
