export type Unit = "count" | "share" | "seconds"

const nice: Readonly<Record<Unit, (rough: number) => number>> = {
  count: (rough) => Math.max(1, decimalStep(rough)),
  share: (rough) => Math.min(0.25, decimalStep(rough)),
  seconds: (rough) =>
    [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400].find((step) => step >= rough) ?? decimalStep(rough),
}

/** The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least `rough`. */
const decimalStep = (rough: number): number => {
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power
}

/** An axis from zero that holds `highest`, with about four round steps. */
export const axis = (highest: number, unit: Unit): { readonly max: number; readonly ticks: ReadonlyArray<number> } => {
  const top = highest > 0 ? highest : unit === "share" ? 1 : unit === "count" ? 4 : 60
  const rounded = nice[unit](top / 4)
  const step = unit === "count" ? Math.ceil(rounded) : rounded
  const steps = Math.ceil(top / step - 1e-9)
  return { max: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) }
}

/** Where the step `index` of `count` lies, from 0 to 100. A single step lies in the middle. */
export const position = (index: number, count: number): number => (count < 2 ? 50 : (index / (count - 1)) * 100)
