import { area, curveLinear, curveMonotoneX, line } from "d3-shape"
import type { CurveFactory } from "d3-shape"
import { position } from "./scale.ts"

/** A value at its place in the row; null is a gap. Plots are 100 wide and 100 high, y growing downwards. */
type Values = ReadonlyArray<number | null>

const shapes = (values: Values, max: number, curve: CurveFactory) => {
  const x = (_: number | null, index: number) => position(index, values.length)
  const y = (value: number | null) => 100 - ((value ?? 0) / max) * 100
  const defined = (value: number | null) => value !== null
  const round = 2
  return {
    line: line<number | null>(x, y).defined(defined).curve(curve).digits(round)([...values]) ?? "",
    area: area<number | null>(x, 100, y).defined(defined).curve(curve).digits(round)([...values]) ?? "",
  }
}

/** A smooth line through all values. */
export const smooth = (values: Values, max: number) => shapes(values, max, curveMonotoneX)

/** The steps on either side of an unfinished value, straight, to be dashed: `values` with everything else taken out. */
const aroundUnfinished = (values: Values, unfinished: ReadonlyArray<boolean>): Values =>
  values.map((value, index) => (unfinished[index - 1] || unfinished[index] || unfinished[index + 1] ? value : null))

/** The line of what is certain, and the dashed one to and from what is unfinished, with the area under both. */
export const withUnfinished = (values: Values, unfinished: ReadonlyArray<boolean>, max: number) => {
  const certain = smooth(
    values.map((value, index) => (unfinished[index] ? null : value)),
    max,
  )
  const uncertain = shapes(aroundUnfinished(values, unfinished), max, curveLinear)
  return { certain, uncertain, area: certain.area + uncertain.area }
}
