import type { Breakdown, Dimension, Timeseries } from "@footfall/sdk/api"
import type { Answer, Failure } from "#lib/answer.ts"
import type { Soon } from "#lib/server/soon.ts"
import type { Day } from "#lib/format/days.ts"
import type { Whole } from "#lib/report/cards/rows.ts"
import { comparisonOf } from "#lib/report/question/comparison.ts"
import type { Comparison } from "#lib/report/question/comparison.ts"
import { countOf } from "#lib/report/question/metrics.ts"

/** The rows of a card, now or later, and what was asked for. */
export interface Loaded {
  readonly dimension: Dimension
  readonly answer: Soon<Breakdown>
}

/** All numbers of a page for one address, as far as they could be had. */
export interface Report {
  /** The part of the address that was answered, as `addressOf` tells it. */
  readonly address: string
  /** When they were asked for, by the server's clock, in epoch milliseconds. */
  readonly now: number
  readonly timeseries: Answer<Timeseries>
  /** How many people are on the site; null when that could not be had. */
  readonly online: number | null
  /** When the newest event arrived of those who are, ISO 8601; null when nobody is, or when that could not be had. */
  readonly latestArrival: string | null
  /** The day of the project's first event, in its time zone; undefined before that, or when it could not be had. */
  readonly firstDay: Day | undefined
  /** By the id of the card. */
  readonly cards: Readonly<Record<string, Loaded>>
}

/** Why some of it could not be had; undefined when all that is known was had. */
export const firstFailure = ({ timeseries, cards }: Report): Failure | undefined => {
  const answers = [timeseries, ...Object.values(cards).map((card) => card.answer)]
  return answers.flatMap((answer) => (answer instanceof Promise || answer.ok ? [] : answer.failure))[0]
}

/** The cards that could not be had. */
export const failedCards = ({ cards }: Report): ReadonlyArray<readonly [id: string, dimension: Dimension]> =>
  Object.entries(cards).flatMap(([id, { answer, dimension }]) => (answer instanceof Promise || answer.ok ? [] : [[id, dimension] as const]))

/** All of the period that matches the filters; zeros when that is not known. */
export const whole = ({ timeseries }: Report): Whole => {
  const totals = timeseries.ok ? timeseries.value.totals : {}
  return { visitors: countOf(totals, "visitors"), visits: countOf(totals, "visits"), pageviews: countOf(totals, "pageviews") }
}

/** What can be compared; without numbers, what was asked for. */
export const comparisonIn = ({ timeseries }: Report): Comparison => (timeseries.ok ? comparisonOf(timeseries.value) : { kind: "off" })
