import type { Timeseries } from "@footfall/sdk/api"
import type { Answer } from "#lib/server/answer.ts"
import { dayIn } from "#lib/format/days.ts"
import type { Question } from "./question.ts"

/** Why there is nothing to see: nothing ever came, the filters match nothing, or the period holds nothing. */
export type Emptiness =
  | { readonly cause: "nothing-yet" }
  | { readonly cause: "filters" }
  | { readonly cause: "period"; readonly firstDay: string }

/** The cause of an answer without any numbers; undefined when there are some, or when we cannot tell. */
export const emptiness = (answer: Answer<Timeseries>, question: Question): Emptiness | undefined => {
  if (!answer.ok) return undefined
  const { visitors, visits, pageviews } = answer.value.totals
  if (visitors + visits + pageviews > 0) return undefined
  const { firstEventAt, timeZone } = answer.value
  if (firstEventAt === null) return { cause: "nothing-yet" }
  return question.filters.length > 0 ? { cause: "filters" } : { cause: "period", firstDay: dayIn(timeZone, Date.parse(firstEventAt)) }
}
