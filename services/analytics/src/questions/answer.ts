import type { AnswerMeta } from "@footfall/contracts/generated/analytics"
import type { Compare } from "../domain/Range.ts"
import type { Interval } from "../domain/Buckets.ts"
import type { Filter } from "../domain/Filter.ts"
import type { Metric } from "../metrics.ts"
import type { Cost } from "../Warehouse.ts"

/** What questions about a range have in common. */
export interface Asked {
  readonly from: string
  readonly to: string
  readonly compare?: Compare
  /** Width of a bucket; by the length of the range when absent. */
  readonly interval?: Interval
  /** Which events count, as a tree or as texts; all without. */
  readonly filter?: Filter | ReadonlyArray<string>
  /** What to answer with; what the question answered with before it could be chosen, when absent. */
  readonly metrics?: ReadonlyArray<Metric>
}

/** How an answer came about, by what its statements cost. Nothing is estimated. */
export const meta = (...costs: ReadonlyArray<Cost>): AnswerMeta => ({
  exact: true,
  rowsRead: costs.reduce((sum, { rows }) => sum + rows, 0),
  bytesRead: costs.reduce((sum, { bytes }) => sum + bytes, 0),
  elapsedMs: costs.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
})
