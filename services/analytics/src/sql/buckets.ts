/**
 * The start of the bucket that a time belongs to, from starts that the service computed: it alone decides what a day is, so
 * a zone database that differs from ClickHouse's loses nothing. Starts travel as runs of equal steps, which keeps ten
 * thousand hours short.
 */
export const bucketOf = (column: string) =>
  `roundDown(toUnixTimestamp64Milli(${column}), arrayFlatten(arrayMap(
    (start, length, step) -> arrayMap(i -> start + toInt64(i) * step, range(length)),
    {runStarts:Array(Int64)}, {runLengths:Array(UInt32)}, {runSteps:Array(Int64)})))`

/** What {@link bucketOf} binds for ascending starts. */
export const bucketParams = (starts: ReadonlyArray<number>) => {
  const runs: Array<{ start: number; length: number; step: number }> = []
  for (const start of starts) {
    const run = runs.at(-1)
    if (run !== undefined && run.length === 1) Object.assign(run, { length: 2, step: start - run.start })
    else if (run !== undefined && start === run.start + run.length * run.step) run.length++
    else runs.push({ start, length: 1, step: 0 })
  }
  return { runStarts: runs.map(({ start }) => start), runLengths: runs.map(({ length }) => length), runSteps: runs.map(({ step }) => step) }
}
