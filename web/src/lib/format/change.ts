/** How a number moved against the same stretch of time before. */
export type Change =
  | { readonly kind: "none" }
  | { readonly kind: "new" }
  | { readonly kind: "moved"; readonly direction: "up" | "down" | "flat"; readonly good: boolean | undefined; readonly text: string }

/** To compare with fewer than this many visitors or visits says more than we know. */
const tooFew = 5

/** `difference` is rounded as it is shown, so that what reads as nothing is no movement. Whether up is good depends on the metric. */
const moved = (difference: number, lowerIsBetter: boolean, text: string): Change => ({
  kind: "moved",
  direction: difference > 0 ? "up" : difference < 0 ? "down" : "flat",
  good: difference === 0 ? undefined : difference > 0 !== lowerIsBetter,
  text,
})

const movedBy = (ratio: number, lowerIsBetter: boolean): Change => {
  const size = Math.abs(ratio) * 100
  const rounded = size >= 10 ? Math.round(size) : Number(size.toFixed(1))
  return moved(Math.sign(ratio) * rounded, lowerIsBetter, size >= 1000 ? `${Math.round(ratio + 1)}×` : `${rounded}%`)
}

/** The change of a count: never a made-up +100 % where there was nothing before, and nothing at all where it was next to nothing. */
export const changeOfCount = (current: number, previous: number): Change => {
  if (previous === 0) return current === 0 ? { kind: "none" } : { kind: "new" }
  if (previous < tooFew) return { kind: "none" }
  return movedBy(current / previous - 1, false)
}

/** How a number over visits moved; null is one over no visits at all. `samples` is the number of visits on each side. */
type ChangeOverVisits = (
  current: number | null,
  previous: number | null,
  samples: readonly [number, number],
  lowerIsBetter?: boolean,
) => Change

const overVisits =
  (compared: (current: number, previous: number, lowerIsBetter: boolean) => Change): ChangeOverVisits =>
  (current, previous, samples, lowerIsBetter = false) => {
    if (current === null) return { kind: "none" }
    if (previous === null) return { kind: "new" }
    return Math.min(...samples) < tooFew ? { kind: "none" } : compared(current, previous, lowerIsBetter)
  }

/** The change of a mean, such as seconds per visit. */
export const changeOfMean = overVisits((current, previous, lowerIsBetter) =>
  previous === 0 ? { kind: "none" } : movedBy(current / previous - 1, lowerIsBetter),
)

/** The change of a share between 0 and 1, in percentage points. */
export const changeOfShare = overVisits((current, previous, lowerIsBetter) => {
  const points = Math.round((current - previous) * 1000) / 10
  return moved(points, lowerIsBetter, `${Math.abs(points)} pp`)
})
