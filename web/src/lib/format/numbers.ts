const compactFormat = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 })
/** From here on a count is shortened. */
const long = 10_000
const fullFormat = new Intl.NumberFormat("en")
const percentFormats = [0, 1].map((digits) => new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: digits }))
const exactPercentFormat = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** A count on an axis: 1,500 becomes 1.5K. */
export const compact = (count: number): string => compactFormat.format(count)

/** A count in at most six characters, and exact where it has four digits: 1,234, but 12.3K. */
export const brief = (count: number): string => (count < long ? full(count) : compact(count))

/** A count with every digit: 1,234. */
export const full = (count: number): string => fullFormat.format(count)

/** A share between 0 and 1 as percent; one decimal below 10 %, none above, and `<0.1%` for what would round to nothing. */
export const percent = (share: number): string => {
  if (share > 0 && share < 0.001) return "<0.1%"
  return percentFormats[share < 0.1 ? 1 : 0]!.format(share)
}

/** A share between 0 and 1 as percent with one decimal, wherever it lies. */
export const percentExact = (share: number): string => exactPercentFormat.format(share)

/** Seconds as people say them: 45s, 2m 36s, 1h 5m. */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}s`
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${whole % 60}s`
  return `${Math.floor(whole / 3600)}h ${Math.floor((whole % 3600) / 60)}m`
}
