import type { Timeseries } from "@footfall/sdk/api"
import type { Answer } from "#lib/server/answer.ts"
import { dayIn } from "#lib/format/days.ts"
import type { asker } from "./ask.server.ts"
import type { Question } from "./question.ts"

/** Why there is nothing to see: nothing ever came, the filters match nothing, or the period holds nothing. */
export type Emptiness =
  | { readonly cause: "nothing-yet" }
  | { readonly cause: "filters" }
  | { readonly cause: "period"; readonly firstDay: string | undefined }

/** The cause of an answer without any numbers; undefined when there are some, or when we cannot tell. */
export const emptiness = async (
  answer: Answer<Timeseries>,
  question: Question,
  about: ReturnType<typeof asker>,
): Promise<Emptiness | undefined> => {
  if (!answer.ok) return undefined
  const { visitors, visits, pageviews } = answer.value.totals
  if (visitors + visits + pageviews > 0) return undefined
  const first = await about.firstEvent()
  if (first.ok && first.value.event === null) return { cause: "nothing-yet" }
  if (question.filters.length > 0) return { cause: "filters" }
  const day = first.ok && first.value.event ? dayIn(answer.value.timeZone, Date.parse(first.value.event.timestamp)) : undefined
  return { cause: "period", firstDay: day }
}
