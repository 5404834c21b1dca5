import type { BenchOptions } from "../options.ts"
import type { Report } from "../report.ts"
import { runPipeline, type Run } from "./run.ts"

/** What real traffic has of events that wait on a phone or in a closed laptop, rather generously. */
const LATE = 0.01

const mean = (values: ReadonlyArray<number>): number => values.reduce((sum, one) => sum + one, 0) / values.length

/** Every event once, all of them in visits, and the visits those of the first run, in whatever order the events came. */
const isExact = ({ rows, distinct, visits, filled }: Run, first: Run): boolean =>
  rows === filled.events &&
  distinct === filled.events &&
  visits.events === filled.events &&
  JSON.stringify(visits) === JSON.stringify(first.visits)

/**
 * A backlog of events on the log, then one worker: how fast they become rows that a question can count, what that costs, and whether
 * every one of them is there exactly once. In turns with all events in the order of time, and with some that are late by minutes to days.
 */
export const pipeline = async ({ quick, events = quick ? 60_000 : 400_000 }: BenchOptions): Promise<Report> => {
  const to = Date.now()
  const runs: Array<Run> = []
  for (const lateShare of quick ? [0, LATE] : [0, LATE, 0, LATE]) runs.push(await runPipeline({ to, events, lateShare }))
  const [first] = runs
  if (first === undefined) throw new Error("Nothing was measured.")
  const verdicts = runs.map((run) => isExact(run, first))
  if (!verdicts.every(Boolean)) process.exitCode = 1
  const rate = (lateShare: number) => mean(runs.filter((run) => run.lateShare === lateShare).map((run) => run.eventsPerSecond))
  const lateAgainstTidy = rate(LATE) / rate(0)
  const { samples } = first
  const step = Math.max(1, Math.ceil(samples.length / 10))
  return {
    tables: [
      {
        title: `pipeline: ${events} events of ${first.filled.visitors} visitors in ${first.filled.entries} entries, one worker`,
        columns: [
          "late",
          "events/s",
          "from start",
          "floor",
          "x floor",
          "worker CPU us/event",
          "door CPU us/event",
          "redis CPU us/event",
          "bytes/event on the log",
        ],
        rows: runs.map((run) => [
          `${run.lateShare * 100} %`,
          run.eventsPerSecond,
          run.fromProcessStartEventsPerSecond,
          run.floorEventsPerSecond,
          run.eventsPerSecond / run.floorEventsPerSecond,
          run.workerCpuMicrosPerEvent,
          run.doorCpuMicrosPerEvent,
          run.redisCpuMicrosPerEvent,
          run.filled.bytes / events,
        ]),
      },
      { title: "With late events", columns: ["x the rate in order"], rows: [[lateAgainstTidy]] },
      {
        title: "What arrived",
        columns: ["late", "sent", "rows", "distinct ids", "visits", "events in visits", "seconds", "verdict"],
        rows: runs.map(({ lateShare, rows, distinct, visits }, i) => [
          `${lateShare * 100} %`,
          events,
          rows,
          distinct,
          visits.sessions,
          visits.events,
          visits.seconds,
          verdicts[i] ? "none lost, none twice, same visits" : "WRONG",
        ]),
      },
      {
        title: "Over time, the first run",
        columns: ["s", "queryable", "entries waiting", "lag s"],
        rows: samples
          .filter((_, i) => i % step === 0 || i === samples.length - 1)
          .map((one) => [one.ms / 1000, one.queryable, one.entriesWaiting, one.lagMs / 1000]),
      },
    ],
    notes: [
      "events/s: from the moment the worker says it is ready to the moment a question can count the last event; from start: its process start included. Floor: the same rows as ready-made text into an empty table of the same shape. Bars: 20,000 events/s, none lost, none twice; with 1 % late at least 0.85 x.",
    ],
    figures: { lateAgainstTidy, runs },
  }
}
