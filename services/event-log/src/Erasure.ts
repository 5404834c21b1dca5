import { Context, type Effect, Schema } from "effect"
import type { LogUnavailable } from "./EventLog.ts"

/** The log's files keep what was committed: its server does not let us rewrite them, or could not. Only its operator can help. */
export class NotErased extends Schema.TaggedError<NotErased>()("NotErased", { reason: Schema.String }) {}

/**
 * What a commit trims is gone from the log, but not from the files in which the log survives a crash; and with it the address of a
 * sender beside the visitor id. The same holds for what was deleted because its day is over. Erasing takes both out of the files.
 */
export class Erasure extends Context.Service<
  Erasure,
  {
    /**
     * Takes what is trimmed and deleted by now out of the log's files, if anything was trimmed or a day (UTC) has passed since that
     * last happened; tells whether it did.
     * Does nothing when any worker tried within the last hour, so all may ask as often as they like.
     */
    readonly erase: Effect.Effect<boolean, LogUnavailable | NotErased>
  }
>()("@footfall/event-log/Erasure") {}
