import { EventLog, LogUnavailable } from "@footfall/event-log/EventLog"
import { serialize } from "@footfall/event-log/serialize"
import type { LoggedGroup } from "@footfall/event-log/LoggedBatch"
import { Context, Effect, Exit, Layer } from "effect"

/** No request waits longer than this for others to be appended with, ms. */
const COLLECT_MS = 5
/** Bytes of groups that may wait for their acknowledgement; more than that is refused as long as the log is slow. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024

/** A group and where it belongs. */
export interface PlacedGroup {
  readonly partition: number
  readonly group: LoggedGroup
}

/** Groups as bytes, by the partition where they belong. */
type Serialized = ReadonlyArray<{ readonly partition: number; readonly group: Uint8Array }>

interface Waiting {
  readonly groups: Serialized
  readonly bytes: number
  readonly answer: (exit: Exit.Exit<void, LogUnavailable>) => void
}

const entriesOf = (requests: ReadonlyArray<Waiting>) => {
  const groups = new Map<number, Array<Uint8Array>>()
  for (const request of requests) {
    for (const { partition, group } of request.groups) {
      const together = groups.get(partition)
      if (together === undefined) groups.set(partition, [group])
      else together.push(group)
    }
  }
  return Array.from(groups, ([partition, together]) => ({ partition, groups: together }))
}

/**
 * Packs concurrent requests together, one entry a partition. They are appended when a turn of the event loop brings no
 * more of them and the append before is acknowledged, after 5 ms at the latest. So a single request does not wait, a busy
 * process makes large entries, and it never idles to collect more.
 */
export class Collector extends Context.Service<
  Collector,
  {
    /** Succeeds when the log has acknowledged all groups of a request. */
    collect(groups: ReadonlyArray<PlacedGroup>): Effect.Effect<void, LogUnavailable>
  }
>()("@footfall/ingest/domain/Collector") {
  static readonly layer: Layer.Layer<Collector, never, EventLog> = Layer.effect(
    Collector,
    Effect.gen(function* () {
      const log = yield* EventLog
      const runFork = Effect.runForkWith(yield* Effect.context<never>())
      let waiting: Array<Waiting> = []
      let waitingBytes = 0
      let underWay = 0
      let scheduled: NodeJS.Immediate | undefined
      let timer: NodeJS.Timeout | undefined

      const flush = () => {
        clearImmediate(scheduled)
        clearTimeout(timer)
        scheduled = timer = undefined
        const requests = waiting
        waiting = []
        underWay++
        runFork(log.append(entriesOf(requests))).addObserver((exit) => {
          underWay--
          for (const { answer, bytes } of requests) {
            waitingBytes -= bytes
            answer(exit)
          }
          schedule()
        })
      }

      /** Appends as soon as one turn of the event loop has brought nothing more. */
      const whenQuiet = (before: number) => {
        scheduled = setImmediate(() => (waiting.length > before ? whenQuiet(waiting.length) : flush()))
      }

      const schedule = () => {
        if (waiting.length === 0 || scheduled !== undefined) return
        timer ??= setTimeout(flush, COLLECT_MS)
        if (underWay === 0) whenQuiet(0)
      }

      return Collector.of({
        collect: (placed) => {
          // Out here, so that what waits holds the bytes and not the objects.
          const groups = placed.map(({ partition, group }) => ({ partition, group: serialize(group) }))
          const bytes = groups.reduce((sum, { group }) => sum + group.length, 0)
          return Effect.callback<void, LogUnavailable>((resume) => {
            if (waitingBytes + bytes > MAX_WAITING_BYTES)
              return resume(Effect.fail(new LogUnavailable({ cause: new Error("too much is waiting") })))
            waitingBytes += bytes
            waiting.push({ groups, bytes, answer: resume })
            schedule()
          })
        },
      })
    }),
  )
}
