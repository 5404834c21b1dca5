import { Context, type Effect, Schema } from "effect"

/** The log is down, full, or did not answer in time. What was to be appended may or may not be on it: event ids make a repetition from the same sender harmless. */
export class LogUnavailable extends Schema.TaggedError<LogUnavailable>()("LogUnavailable", {
  cause: Schema.Defect(),
}) {}

/** Serialized groups that become one entry, and where it belongs. */
export interface Entry {
  readonly partition: number
  readonly groups: ReadonlyArray<Uint8Array>
}

/** The event log as its writers see it. */
export class EventLog extends Context.Service<
  EventLog,
  {
    /** Appends entries, each to its partition; succeeds when the log has acknowledged all of them, fails within two seconds. */
    append(entries: ReadonlyArray<Entry>): Effect.Effect<void, LogUnavailable>
    /** Succeeds while the log answers. */
    readonly ready: Effect.Effect<void, LogUnavailable>
  }
>()("@footfall/event-log/EventLog") {}
