import { position } from "./scale.ts"

/** A value at its place in the row; null is a gap. Plots are 100 wide and 100 high, y growing downwards. */
type Values = ReadonlyArray<number | null>

const rounded = (value: number): string => String(Math.round(value * 100) / 100)

/** The points of each stretch without a gap. */
const stretches = (values: Values, max: number): ReadonlyArray<ReadonlyArray<readonly [x: string, y: string]>> => {
  const found: Array<Array<readonly [string, string]>> = []
  for (const [index, value] of values.entries()) {
    if (value === null) continue
    const point = [rounded(position(index, values.length)), rounded(100 - (value / max) * 100)] as const
    if (index > 0 && values[index - 1] !== null) found.at(-1)!.push(point)
    else found.push([point])
  }
  return found
}

/** Straight from value to value; one that stands alone is a point, which round ends make visible. */
export const line = (values: Values, max: number): string =>
  stretches(values, max)
    .map((points) => `M${points.map((point) => point.join(",")).join("L")}${points.length === 1 ? "h0" : ""}`)
    .join("")

const area = (values: Values, max: number): string =>
  stretches(values, max)
    .map((points) => `M${points[0]![0]},100L${points.map((point) => point.join(",")).join("L")}L${points.at(-1)![0]},100Z`)
    .join("")

/** A point for each value. */
export const dots = (values: Values, max: number): string =>
  stretches(values, max)
    .flat()
    .map((point) => `M${point.join(",")}h0`)
    .join("")

/** The steps on either side of an unfinished value, to be dashed: `values` with everything else taken out. */
const aroundUnfinished = (values: Values, unfinished: ReadonlyArray<boolean>): Values =>
  values.map((value, index) => (unfinished[index - 1] || unfinished[index] || unfinished[index + 1] ? value : null))

/** The line of what is certain, and the dashed one to and from what is unfinished, with the area under both. */
export const withUnfinished = (values: Values, unfinished: ReadonlyArray<boolean>, max: number) => {
  const certain = values.map((value, index) => (unfinished[index] ? null : value))
  const uncertain = aroundUnfinished(values, unfinished)
  return { certain: line(certain, max), uncertain: line(uncertain, max), area: area(certain, max) + area(uncertain, max) }
}
