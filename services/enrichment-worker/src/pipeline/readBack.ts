import { type ClickHouse, isTooHeavy, type Statement } from "@footfall/platform/ClickHouse"
import { type Asked, sessionRowOf, storedEventOf, type StoredEvent, storedEvents, storedSessions } from "@footfall/warehouse/stored"
import type { SessionRow } from "@footfall/warehouse/SessionRow"
import { Effect, Result } from "effect"
import { MOST_EVENTS, type Window } from "../domain/History.ts"
import { untilAnswered } from "./insert.ts"
import type { Tenure } from "./tenure.ts"

/** Hours from the first to the last that one question is about: an import may reach over years. */
const MOST_HOURS = 400

/** Questions that together ask for all windows: one a project, more when they are about many hours. */
const questionsOf = (windows: ReadonlyArray<Window>): ReadonlyArray<Asked> => {
  const questions: Array<{ projectId: string; visitorIds: Set<string>; spans: Array<{ from: number; to: number }> }> = []
  for (const { projectId, visitorIds, from, to } of windows.toSorted((a, b) => a.from - b.from)) {
    let question = questions.findLast((one) => one.projectId === projectId)
    // In this order the hours of a question have no gaps to speak of, or it is a new one.
    if (question === undefined || to - question.spans[0]!.from > MOST_HOURS * 3_600_000) {
      question = { projectId, visitorIds: new Set(), spans: [] }
      questions.push(question)
    }
    for (const id of visitorIds) question.visitorIds.add(id)
    question.spans.push({ from, to })
  }
  return questions.map(({ projectId, visitorIds, spans }) => ({ projectId, visitorIds: [...visitorIds], spans }))
}

/** Asks the warehouse, as long as it takes; what is too heavy for it is not asked again and comes back empty. */
const ask = <A, I>(clickhouse: ClickHouse["Service"], own: Tenure, statement: Statement<A, I>) =>
  untilAnswered(
    own,
    clickhouse.query(statement).pipe(
      Effect.map(({ rows }) => Result.succeed(rows)),
      Effect.catchTag("ClickHouseUnavailable", (failure) =>
        isTooHeavy(failure) ? Effect.succeed(Result.fail(failure)) : Effect.fail(failure),
      ),
    ),
  ).pipe(
    Effect.tap((answer) =>
      Result.isFailure(answer)
        ? Effect.logWarning("too much to read back; visits stay as they are", String(answer.failure.cause))
        : Effect.void,
    ),
    Effect.map((answer) => (Result.isSuccess(answer) ? answer.success : undefined)),
  )

/** The sessions that the warehouse has in these windows. */
export const readSessions = Effect.fn("readSessions")(function* (
  clickhouse: ClickHouse["Service"],
  own: Tenure,
  windows: ReadonlyArray<Window>,
) {
  const rows: Array<SessionRow> = []
  for (const question of questionsOf(windows))
    rows.push(...((yield* ask(clickhouse, own, storedSessions(question))) ?? []).map(sessionRowOf))
  return rows as ReadonlyArray<SessionRow>
})

/** The events that the warehouse has in each window; undefined where they are too many. */
export const readEvents = Effect.fn("readEvents")(function* (
  clickhouse: ClickHouse["Service"],
  own: Tenure,
  windows: ReadonlyArray<Window>,
) {
  const byVisitor = new Map<string, Array<StoredEvent>>()
  const tooMany = new Set<string>()
  for (const question of questionsOf(windows)) {
    const answers = yield* ask(clickhouse, own, storedEvents(question, MOST_EVENTS + 1))
    if (answers === undefined) for (const id of question.visitorIds) tooMany.add(id)
    for (const answer of answers ?? []) {
      const event = storedEventOf(answer)
      const events = byVisitor.get(event.visitorId)
      if (events === undefined) byVisitor.set(event.visitorId, [event])
      else events.push(event)
    }
  }
  for (const [id, events] of byVisitor) if (events.length > MOST_EVENTS) tooMany.add(id)
  return windows.map(({ visitorIds, from, to }) =>
    visitorIds.some((id) => tooMany.has(id))
      ? undefined
      : visitorIds.flatMap((id) => (byVisitor.get(id) ?? []).filter(({ at }) => at >= from && at <= to)),
  )
})
