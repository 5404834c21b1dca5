import type { ClickHouseClient } from "@clickhouse/client"
import type { BenchOptions } from "../options.ts"
import { median, type Report } from "../report.ts"
import { questionsOf, type Question } from "./questions.ts"
import { startWarehouse, type Sizes } from "./warehouse.ts"

const full: Sizes = { asked: [1_000_000, 5_000_000], others: { projects: 20, eventsEach: 1_000_000 }, days: 90 }
const small: Sizes = { asked: [100_000, 500_000], others: { projects: 4, eventsEach: 250_000 }, days: 90 }

/**
 * Rows in the granules of a project's ranges, in events and sessions, each once: what the primary index leaves over when it is asked by
 * the very expression that the tables are ordered by.
 */
const granuleRows = async (clickhouse: ClickHouseClient, project: string, ranges: Question["ranges"]): Promise<number> => {
  let rows = 0
  for (const [from, to] of ranges)
    for (const [table, column] of [
      ["events", "timestamp"],
      ["sessions", "started_at"],
    ] as const) {
      const answer = await clickhouse.query({
        query: `EXPLAIN ESTIMATE SELECT * FROM ${table} WHERE project_id = {project:UInt64}
          AND toStartOfHour(${column}) >= toStartOfHour(fromUnixTimestamp64Milli({from:Int64}, 'UTC'))
          AND toStartOfHour(${column}) <= toStartOfHour(fromUnixTimestamp64Milli({last:Int64}, 'UTC'))
          AND ${column} >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND ${column} < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
        query_params: { project, from, to, last: to - 1 },
        format: "JSONEachRow",
      })
      for (const estimate of await answer.json<{ rows: string }>()) rows += Number(estimate.rows)
    }
  return rows
}

/** Rows of events and sessions that lie in the ranges: what no index could do without. */
const rangeRows = async (clickhouse: ClickHouseClient, project: string, ranges: Question["ranges"]): Promise<number> => {
  let rows = 0
  for (const [from, to] of ranges) {
    const answer = await clickhouse.query({
      query: `SELECT (SELECT count() FROM events WHERE project_id = {project:UInt64} AND timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
        + (SELECT count() FROM sessions WHERE project_id = {project:UInt64} AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')) AS n`,
      query_params: { project, from, to },
      format: "JSONEachRow",
    })
    rows += Number((await answer.json<{ n: string }>())[0]?.n)
  }
  return rows
}

/** Each question on projects of two sizes beside other people's rows, through the query service over HTTP: warm median, rows read. */
export const query = async ({ quick }: BenchOptions): Promise<Report> => {
  const sizes = quick ? small : full
  const times = quick ? 3 : 7
  const warehouse = await startWarehouse(sizes)
  try {
    const tables = []
    const figures = []
    for (const project of warehouse.projects) {
      const rows = []
      for (const question of questionsOf(project.id, warehouse.to, sizes.days)) {
        // ClickHouse remembers which granules a condition did not match; what a question reads is what it reads the first time.
        await warehouse.clickhouse.command({ query: "SYSTEM DROP QUERY CONDITION CACHE" })
        const cost = await question.ask(warehouse.analytics)
        const ms: Array<number> = []
        for (let i = 0; i < times; i++) {
          const started = performance.now()
          await question.ask(warehouse.analytics)
          ms.push(performance.now() - started)
        }
        const granules = await granuleRows(warehouse.clickhouse, project.id, question.ranges)
        const inRange = await rangeRows(warehouse.clickhouse, project.id, question.ranges)
        const figure = {
          project: project.events,
          question: question.name,
          medianMs: median(ms),
          worstMs: Math.max(...ms),
          statementsMs: cost?.elapsedMs,
          rowsRead: cost?.rowsRead,
          granuleRows: granules,
          rangeRows: inRange,
          perGranuleRow: cost === undefined || granules === 0 ? undefined : cost.rowsRead / granules,
        }
        figures.push(figure)
        rows.push([question.name, figure.medianMs, figure.worstMs, figure.rowsRead ?? "-", granules, inRange, figure.perGranuleRow ?? "-"])
      }
      tables.push({
        title: `query: project with ${project.events} events among ${warehouse.rows}, warm median of ${times}`,
        columns: ["question", "median ms", "worst ms", "rows read", "granules hold", "range holds", "read / granules"],
        rows,
      })
    }
    return {
      tables,
      notes: [
        "granules hold: rows of events and sessions, each once, in the granules that the primary index leaves over for the project and range. Bar: 400 ms on 5,000,000 events, 1.1 x.",
      ],
      figures: { versions: warehouse.versions, sizes, rows: warehouse.rows, questions: figures },
    }
  } finally {
    await warehouse.stop()
  }
}
