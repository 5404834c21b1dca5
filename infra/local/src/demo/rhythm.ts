import type { Place } from "./places.ts"

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How busy each local hour is: asleep until six, work, a dip at noon, a second life on the sofa. */
const byHour = [
  0.22, 0.13, 0.08, 0.06, 0.06, 0.1, 0.24, 0.5, 0.84, 1.18, 1.34, 1.3, 1.12, 1.2, 1.3, 1.28, 1.2, 1.08, 0.94, 0.92, 1, 0.96, 0.74, 0.44,
] as const

/** Monday to Sunday: what people use for work rests on the weekend. */
const byDay = [1.1, 1.16, 1.14, 1.08, 0.96, 0.56, 0.6] as const
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

const clocks = new Map<string, Intl.DateTimeFormat>()

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "short", hour: "2-digit", hourCycle: "h23" })
  clocks.set(zone, clock)
  return clock
}

/** How busy people of a place are at a moment (epoch ms) by their own clock and week; about 0.7 on average. */
export const wakefulness = (place: Place, at: number): number => {
  const parts = clockOf(place.zone).formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ""
  return (byHour[Number(part("hour"))] ?? 0) * (byDay[weekdays.indexOf(part("weekday"))] ?? 1)
}

/** When the launch post goes up: 14:00 UTC on the last Tuesday at least a fifth of the range (and no less than two days) before its end. */
export const launchBefore = (to: number, days: number): number => {
  const latest = to - Math.max(2, days / 5) * DAY
  const midnight = Math.floor(latest / DAY) * DAY
  const sinceTuesday = (new Date(midnight).getUTCDay() + 5) % 7
  const candidate = midnight - sinceTuesday * DAY + 14 * HOUR
  return candidate <= latest ? candidate : candidate - 7 * DAY
}

/** How many times the usual traffic the launch post brings on top, this long after it (ms): a steep rise, gone in three days. */
export const launchCrowd = (since: number): number => (since < 0 ? 0 : 7 * Math.min(1, since / HOUR + 0.35) * Math.exp(-since / (9 * HOUR)))

/** Growth over the range: from 1 at its start to 1.35 at its end. `passed` is 0 to 1. */
export const growth = (passed: number): number => 1 + 0.35 * passed

/** The visits of an hour for one place: how many by weight, and from where in the hour on. */
export interface Hour {
  readonly at: number
  /** An hour, or what there is of it (ms). */
  readonly length: number
  readonly place: Place
  /** The part of the weight that the launch post brings. */
  readonly crowd: number
  readonly weight: number
}

/** How much traffic there is beside the daily rhythm. */
export interface Trend {
  /** How many times the traffic of the first day comes at a moment. */
  readonly growth: (at: number) => number
  /** When the launch post goes up, if it does. */
  readonly launchAt?: number
}

/** All hours of [from, to) for all places, weighted: visits are drawn from them. */
export const hoursOf = (places: ReadonlyArray<Place>, from: number, to: number, { growth, launchAt }: Trend): Array<Hour> => {
  const hours: Array<Hour> = []
  for (let at = from; at < to; at += HOUR) {
    const length = Math.min(HOUR, to - at)
    for (const place of places) {
      const awake = (wakefulness(place, at) * place.weight * length) / HOUR
      const ofAll = (place.weight * length) / HOUR
      const crowd = launchAt === undefined ? 0 : (awake + 0.15 * ofAll) * launchCrowd(at - launchAt)
      hours.push({ at, length, place, crowd, weight: awake * growth(at) + crowd })
    }
  }
  return hours
}
