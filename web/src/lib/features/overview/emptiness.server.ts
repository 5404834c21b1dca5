import type { Timeseries } from "@footfall/sdk/api"
import type { Answer } from "#lib/server/answer.ts"
import { dayIn } from "#lib/format/days.ts"
import { readFilters } from "#lib/report/question/filters.ts"
import { countOf } from "#lib/report/question/metrics.ts"

/** Why there is nothing to see: nothing ever came, the filters match nothing, or the period holds nothing. */
export type Emptiness =
  | { readonly cause: "nothing-yet" }
  | { readonly cause: "filters" }
  | { readonly cause: "period"; readonly firstDay: string }

/** The cause of an answer without any numbers; undefined when there are some, or when we cannot tell. */
export const emptiness = (answer: Answer<Timeseries>, params: URLSearchParams): Emptiness | undefined => {
  if (!answer.ok) return undefined
  const { totals } = answer.value
  if ((["visitors", "visits", "pageviews"] as const).some((id) => countOf(totals, id) > 0)) return undefined
  const { firstEventAt, timeZone } = answer.value
  if (firstEventAt === null) return { cause: "nothing-yet" }
  if (readFilters(params.getAll("f")).length > 0) return { cause: "filters" }
  return { cause: "period", firstDay: dayIn(timeZone, Date.parse(firstEventAt)) }
}
