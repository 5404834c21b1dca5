const DAY = 86_400_000
const QUARTER = 900_000

const dateIn = (timeZone: string) => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })

/**
 * The first moment (epoch ms) of the day `days` days before the one of `at`, by the clock of a time zone. Where clocks skip midnight, the
 * day begins at one.
 */
export const dayBegin = (at: number, days: number, timeZone: string): number => {
  const date = dateIn(timeZone)
  const today = Date.parse(`${date.format(at)}T00:00Z`)
  const wanted = new Date(today - days * DAY).toISOString().slice(0, 10)
  // Zones are at most 14 hours ahead of UTC, and change by quarters of an hour.
  let begin = Date.parse(`${wanted}T00:00Z`) - 15 * 3_600_000
  while (date.format(begin) < wanted) begin += QUARTER
  return begin
}
