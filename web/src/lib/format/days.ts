/** A calendar day, `YYYY-MM-DD`, without a time zone. */
export type Day = string

const utc = (day: Day): Date => new Date(`${day}T00:00:00Z`)
const toDay = (date: Date): Day => date.toISOString().slice(0, 10)

/** Whether `text` is a day that exists, between the years 2000 and 2099. */
export const isDay = (text: string): boolean =>
  /^20\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text).getTime()) && toDay(utc(text)) === text

/** Whether there is a time zone of this name. */
export const isTimeZone = (name: string): boolean => {
  try {
    return name !== "" && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }))
  } catch {
    return false
  }
}

/** The day on the wall calendar of `timeZone` at `now` (epoch milliseconds). */
export const dayIn = (timeZone: string, now: number): Day => {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ""
  return `${part("year")}-${part("month")}-${part("day")}`
}

export const addDays = (day: Day, days: number): Day => {
  const date = utc(day)
  date.setUTCDate(date.getUTCDate() + days)
  return toDay(date)
}

export const firstOfYear = (day: Day): Day => `${day.slice(0, 4)}-01-01`

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`

/** The first of the month that is `months` after (or before) the month of `day`. */
export const addMonths = (day: Day, months: number): Day => {
  const date = utc(firstOfMonth(day))
  date.setUTCMonth(date.getUTCMonth() + months)
  return toDay(date)
}

/** Days from `from` to `to`, exclusive. */
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000)

const dayFormat = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" })
  return (day: Day) => format.format(utc(day))
}
const short = dayFormat({ month: "short", day: "numeric" })
const long = dayFormat({ month: "short", day: "numeric", year: "numeric" })

/** An inclusive span of days: `Nov 23, 2026`, `Nov 1 – 23, 2026`, `Oct 25 – Nov 23, 2026`. */
export const daySpan = (first: Day, last: Day): string => {
  if (first === last) return long(first)
  if (first.slice(0, 4) !== last.slice(0, 4)) return `${long(first)} – ${long(last)}`
  if (first.slice(0, 7) === last.slice(0, 7)) return `${short(first)} – ${Number(last.slice(8))}, ${last.slice(0, 4)}`
  return `${short(first)} – ${long(last)}`
}

/** An inclusive span in little room, without the year: `Nov 23`, `Nov 1 – 23`, `Oct 25 – Nov 23`. */
export const briefSpan = (first: Day, last: Day): string => {
  if (first === last) return short(first)
  return first.slice(0, 7) === last.slice(0, 7) ? `${short(first)} – ${Number(last.slice(8))}` : `${short(first)} – ${short(last)}`
}
