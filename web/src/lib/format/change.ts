/** How a number moved against the same stretch of time before. */
export type Change =
  | { readonly kind: "none" }
  | { readonly kind: "new" }
  | { readonly kind: "moved"; readonly direction: "up" | "down" | "flat"; readonly good: boolean | undefined; readonly text: string }

/** Whether more or less of something is good news. */
export type Better = "higher" | "lower"

/** To compare with fewer than this many visitors or visits says more than we know. */
export const tooFew = 5

/** Growth by more than this many times is not told any closer: what it grew from was next to nothing. */
const mostTimes = 10

/** `difference` is rounded as it is shown, so that what reads as nothing is no movement. Whether up is good depends on the metric. */
const moved = (difference: number, better: Better, text: string): Change => ({
  kind: "moved",
  direction: difference > 0 ? "up" : difference < 0 ? "down" : "flat",
  good: difference === 0 ? undefined : difference > 0 === (better === "higher"),
  text,
})

const movedBy = (ratio: number, better: Better): Change => {
  const size = Math.abs(ratio) * 100
  const rounded = size >= 10 ? Math.round(size) : Number(size.toFixed(1))
  return moved(Math.sign(ratio) * rounded, better, ratio + 1 > mostTimes ? `>${mostTimes}×` : `${rounded}%`)
}

/** The change of a count: never a made-up +100 % where there was nothing before, and nothing at all where it was next to nothing. */
export const changeOfCount = (current: number, previous: number, better: Better = "higher"): Change => {
  if (previous === 0) return current < tooFew ? { kind: "none" } : { kind: "new" }
  return previous < tooFew ? { kind: "none" } : movedBy(current / previous - 1, better)
}

/** The change of a mean, such as seconds per visit; null is the mean of nothing, which says nothing. */
export const changeOfMean = (current: number | null, previous: number | null, better: Better = "higher"): Change =>
  current === null || previous === null || previous === 0 ? { kind: "none" } : movedBy(current / previous - 1, better)

/** The change of a share between 0 and 1, in percentage points. */
export const changeOfShare = (current: number | null, previous: number | null, better: Better): Change => {
  if (current === null || previous === null) return { kind: "none" }
  const points = Math.round((current - previous) * 1000) / 10
  return moved(points, better, `${Math.abs(points)} pp`)
}
