/**
 * The start of the bucket that a time belongs to, from starts that the service computed: it alone decides what a day is, so
 * a zone database that differs from ClickHouse's loses nothing. Starts travel as runs of equal steps, which keeps ten
 * thousand hours short. `span` tells the parameters of one range from those of another.
 */
export const bucketOf = (column: string, span: number) =>
  `roundDown(toUnixTimestamp64Milli(${column}), arrayFlatten(arrayMap(
    (start, length, step) -> arrayMap(i -> start + toInt64(i) * step, range(length)),
    {runStarts${span}:Array(Int64)}, {runLengths${span}:Array(UInt32)}, {runSteps${span}:Array(Int64)})))`

/** What {@link bucketOf} binds for ascending starts. */
export const bucketParams = (starts: ReadonlyArray<number>, span: number) => {
  const runs: Array<{ start: number; length: number; step: number }> = []
  for (const start of starts) {
    const run = runs.at(-1)
    if (run !== undefined && run.length === 1) Object.assign(run, { length: 2, step: start - run.start })
    else if (run !== undefined && start === run.start + run.length * run.step) run.length++
    else runs.push({ start, length: 1, step: 0 })
  }
  return {
    [`runStarts${span}`]: runs.map(({ start }) => start),
    [`runLengths${span}`]: runs.map(({ length }) => length),
    [`runSteps${span}`]: runs.map(({ step }) => step),
  }
}
