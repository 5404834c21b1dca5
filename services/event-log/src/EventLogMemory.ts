import { Context, Effect, Layer } from "effect"
import { EventLog, type Entry, LogUnavailable } from "./EventLog.ts"
import type { LoggedBatch, LoggedGroup } from "./LoggedBatch.ts"

/** An entry, read again. */
export interface Held {
  readonly partition: number
  readonly batch: LoggedBatch
}

/** What a reader finds of an entry. */
export const held = ({ partition, groups }: Entry): Held => ({
  partition,
  batch: { groups: groups.map((group): LoggedGroup => JSON.parse(Buffer.from(group).toString("utf8"))) },
})

/** The window into a log in memory: what was appended, and a switch to take it away. */
export class Appended extends Context.Service<
  Appended,
  {
    /** Every append that was acknowledged, in order. */
    readonly appends: Array<ReadonlyArray<Held>>
    /** While true, appends fail as they do when Redis is down. */
    down: boolean
  }
>()("@footfall/event-log/EventLogMemory/Appended") {}

/** An event log that lives in memory and shows what it holds. */
export const layerMemory: Layer.Layer<EventLog | Appended> = Layer.effectContext(
  Effect.sync(() => {
    const window: Appended["Service"] = { appends: [], down: false }
    const unlessDown = (does: () => void) =>
      Effect.suspend(() => (window.down ? Effect.fail(new LogUnavailable({ cause: new Error("switched off") })) : Effect.sync(does)))
    const log = EventLog.of({
      append: (entries) => unlessDown(() => void window.appends.push(entries.map(held))),
      ready: unlessDown(() => undefined),
    })
    return Context.make(EventLog, log).pipe(Context.add(Appended, window))
  }),
)
