const DAY_MS = 86_400_000
const ZERO = 48
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const has = (text: string, at: number, char: string) => text.charCodeAt(at) === char.charCodeAt(0)

/** Two digits at an offset as a number; NaN when they are none. */
const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant, days_from_civil). */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/**
 * Epoch milliseconds of a date-time as `Date.prototype.toISOString` writes it, with or without milliseconds; undefined for
 * any other text, which may still be a valid date-time. What trackers send is always this, and a batch has up to 500:
 * checking the format by pattern and then asking `Date.parse` took six times as long.
 */
export const isoMillis = (text: string): number | undefined => {
  const { length } = text
  if ((length !== 24 && length !== 20) || !has(text, 4, "-") || !has(text, 7, "-") || !has(text, 10, "T") || !has(text, 13, ":"))
    return undefined
  if (!has(text, 16, ":") || !has(text, length - 1, "Z") || (length === 24 && !has(text, 19, "."))) return undefined
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  const hours = two(text, 11)
  const minutes = two(text, 14)
  const seconds = two(text, 17)
  const millis = length === 24 ? two(text, 20) * 10 + (two(text, 21) % 10) : 0
  const days = month === 2 && isLeap(year) ? 29 : (daysInMonth[month - 1] ?? 0)
  // A comparison with NaN is false, so whatever is no digit ends here.
  const valid = year >= 0 && day >= 1 && day <= days && hours <= 23 && minutes <= 59 && seconds <= 59 && millis >= 0
  return valid ? daysSinceEpoch(year, month, day) * DAY_MS + (hours * 60 + minutes) * 60_000 + seconds * 1000 + millis : undefined
}
