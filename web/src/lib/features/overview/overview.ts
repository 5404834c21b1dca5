import type { Breakdown, Dimension, Timeseries } from "@footfall/sdk/api"
import type { Answer, Failure } from "#lib/server/answer.ts"
import type { Soon } from "#lib/server/soon.ts"
import type { Day } from "#lib/format/days.ts"
import { comparisonOf } from "./comparison.ts"
import type { Comparison } from "./comparison.ts"
import type { CardSpec } from "./dimensions.ts"
import type { Emptiness } from "./emptiness.server.ts"
import type { Whole } from "./rows.ts"

/** The rows of a card, now or later, and what was asked for. */
export interface Loaded {
  readonly dimension: Dimension
  readonly answer: Soon<Breakdown>
}

/** All numbers of the overview for one address, as far as they could be had. */
export interface Overview {
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
  readonly cards: Readonly<Record<CardSpec["id"], Loaded>>
  readonly emptiness: Emptiness | undefined
}

/** Why some of it could not be had; undefined when all that is known was had. */
export const firstFailure = ({ timeseries, cards }: Overview): Failure | undefined => {
  const answers = [timeseries, ...Object.values(cards).map((card) => card.answer)]
  return answers.flatMap((answer) => (answer instanceof Promise || answer.ok ? [] : answer.failure))[0]
}

/** The cards that could not be had. */
export const failedCards = ({ cards }: Overview): ReadonlyArray<CardSpec["id"]> =>
  Object.entries(cards).flatMap(([id, { answer }]) => (answer instanceof Promise || answer.ok ? [] : [id as CardSpec["id"]]))

/** All of the period that matches the filters; zeros when that is not known. */
export const whole = ({ timeseries }: Overview): Whole =>
  timeseries.ok ? timeseries.value.totals : { visitors: 0, visits: 0, pageviews: 0 }

/** What can be compared; without numbers, what was asked for. */
export const comparisonIn = ({ timeseries }: Overview): Comparison => (timeseries.ok ? comparisonOf(timeseries.value) : { kind: "off" })
