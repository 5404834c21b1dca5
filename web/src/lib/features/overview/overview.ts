import type { Breakdown, Dimension, Timeseries } from "@footfall/sdk/api"
import type { Answer, Failure } from "#lib/server/answer.ts"
import type { Soon } from "#lib/server/soon.ts"
import type { CardSpec } from "./dimensions.ts"
import type { Emptiness } from "./emptiness.server.ts"

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
  readonly cards: Readonly<Record<CardSpec["id"], Loaded>>
  readonly emptiness: Emptiness | undefined
}

/** Why some of it could not be had; undefined when all that is known was had. */
export const firstFailure = ({ timeseries, cards }: Overview): Failure | undefined => {
  const answers = [timeseries, ...Object.values(cards).map((card) => card.answer)]
  return answers.flatMap((answer) => (answer instanceof Promise || answer.ok ? [] : answer.failure))[0]
}

/** The visitors of the period that match the filters; 0 when that is not known. */
export const everyone = ({ timeseries }: Overview): number => (timeseries.ok ? timeseries.value.totals.visitors : 0)
