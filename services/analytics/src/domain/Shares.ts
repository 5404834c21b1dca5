import { Deferred, Effect, Schema } from "effect"
import { WarehouseUnavailable } from "./WarehouseUnavailable.ts"

/** A project or a credential asks more than its share of the warehouse; what waits is answered first. */
export class TooManyQuestions extends Schema.TaggedError<TooManyQuestions>()("TooManyQuestions", { seconds: Schema.Int }) {}

/** When one who was sent away may come again, s. */
const RETRY_S = 2

/** How many reads of the warehouse may run and wait at once, and how long one waits, ms. */
export interface ShareLimits {
  readonly running: { readonly all: number; readonly project: number; readonly asker: number }
  readonly waiting: { readonly project: number; readonly asker: number }
  readonly patienceMs: number
}

/** Whose share a read is taken from: a person or a key, asking about a project. */
export interface Asker {
  readonly project: string
  readonly asker: string
}

interface Waiter {
  readonly turn: Deferred.Deferred<void>
  hasTurn: boolean
}

interface Line {
  running: number
  readonly waiting: Set<Waiter>
}

interface Group {
  running: number
  waiting: number
  readonly lines: Map<string, Line>
}

/** The entry by this name, behind all others; a new one when there is none. */
const last = <A>(map: Map<string, A>, name: string, make: () => A): A => {
  const found = map.get(name) ?? make()
  map.delete(name)
  map.set(name, found)
  return found
}

/**
 * Shares the warehouse out. A project, and within it each asker, has only so many reads running, fewer than there are in all, so there is
 * room for the others whatever one of them asks. The rest waits: projects take turns, and the askers of a project do. Who finds the line of
 * the project or their own full, or waits too long while the project's own reads run, fails with `TooManyQuestions`; who waits too long
 * because of others, with `WarehouseUnavailable`.
 */
export const makeShares = ({ running: most, waiting: places, patienceMs }: ShareLimits) => {
  // In the order of turns: who began longest ago comes first.
  const groups = new Map<string, Group>()
  let running = 0

  const enter = ({ project, asker }: Asker) => {
    const group = groups.get(project) ?? last(groups, project, () => ({ running: 0, waiting: 0, lines: new Map<string, Line>() }))
    const line = group.lines.get(asker) ?? last(group.lines, asker, () => ({ running: 0, waiting: new Set<Waiter>() }))
    return { group, line }
  }

  const forgetIdle = (who: Asker, group: Group, line: Line) => {
    if (line.running === 0 && line.waiting.size === 0 && group.lines.get(who.asker) === line) group.lines.delete(who.asker)
    if (group.lines.size === 0 && groups.get(who.project) === group) groups.delete(who.project)
  }

  const mayRun = (group: Group, line: Line) => running < most.all && group.running < most.project && line.running < most.asker

  const begin = (who: Asker, group: Group, line: Line) => {
    running++
    group.running++
    line.running++
    last(groups, who.project, () => group)
    last(group.lines, who.asker, () => line)
  }

  const next = () => {
    for (const [project, group] of groups)
      for (const [asker, line] of group.lines) {
        const [waiter] = line.waiting
        if (waiter !== undefined && mayRun(group, line)) return { who: { project, asker }, group, line, waiter }
      }
    return undefined
  }

  const end = (who: Asker, group: Group, line: Line) => {
    running--
    group.running--
    line.running--
    for (let found = next(); found !== undefined; found = next()) {
      found.line.waiting.delete(found.waiter)
      found.group.waiting--
      found.waiter.hasTurn = true
      begin(found.who, found.group, found.line)
      Deferred.doneUnsafe(found.waiter.turn, Effect.void)
    }
    forgetIdle(who, group, line)
  }

  return <A, E, R>(who: Asker, read: Effect.Effect<A, E, R>): Effect.Effect<A, E | TooManyQuestions | WarehouseUnavailable, R> =>
    Effect.uninterruptibleMask((restore) =>
      Effect.suspend((): Effect.Effect<A, E | TooManyQuestions | WarehouseUnavailable, R> => {
        const { group, line } = enter(who)
        const run = Effect.ensuring(
          restore(read),
          Effect.sync(() => end(who, group, line)),
        )
        if (mayRun(group, line)) {
          begin(who, group, line)
          return run
        }
        if (line.waiting.size >= places.asker || group.waiting >= places.project) {
          forgetIdle(who, group, line)
          return Effect.fail(new TooManyQuestions({ seconds: RETRY_S }))
        }
        const mine: Waiter = { turn: Deferred.makeUnsafe(), hasTurn: false }
        line.waiting.add(mine)
        group.waiting++
        const leave = () => {
          if (!line.waiting.delete(mine)) return
          group.waiting--
          forgetIdle(who, group, line)
        }
        const giveUp = Effect.suspend(() => {
          if (mine.hasTurn) return Effect.void
          leave()
          const cause = new Error(`others have filled the warehouse for ${patienceMs} ms`)
          return Effect.fail(group.running > 0 ? new TooManyQuestions({ seconds: RETRY_S }) : new WarehouseUnavailable({ cause }))
        })
        const turn = restore(Effect.timeoutOrElse(Deferred.await(mine.turn), { duration: patienceMs, orElse: () => giveUp }))
        const hangUp = Effect.sync(() => (mine.hasTurn ? end(who, group, line) : leave()))
        return Effect.andThen(
          Effect.onInterrupt(turn, () => hangUp),
          run,
        )
      }),
    )
}
