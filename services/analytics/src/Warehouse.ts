import type { Statement } from "@footfall/platform/ClickHouse"
import { Context, type Effect } from "effect"
import type { TooManyQuestions } from "./domain/Shares.ts"
import type { WarehouseUnavailable } from "./domain/WarehouseUnavailable.ts"

/** What reading cost: rows and bytes that the warehouse read, milliseconds that it worked, over all statements. */
export interface Cost {
  readonly rows: number
  readonly bytes: number
  readonly elapsedMs: number
}

/** The project that a question is about, whose zone governs days and hours, and who asks: a name of the person or the key. */
export interface Subject {
  readonly id: string
  readonly timeZone: string
  readonly asker: string
}

/** Why a question has no answer now. */
export type Unanswered = TooManyQuestions | WarehouseUnavailable

/** Where the rows of events and sessions are, shared out among those who ask. */
export class Warehouse extends Context.Service<
  Warehouse,
  {
    /** The rows that a statement answers with, read in the share of who asks. */
    read<A, I>(
      subject: Subject,
      statement: Statement<A, I>,
    ): Effect.Effect<{ readonly rows: ReadonlyArray<A>; readonly cost: Cost }, Unanswered>
    /** Succeeds when the warehouse answers. */
    readonly ping: Effect.Effect<void, WarehouseUnavailable>
  }
>()("@footfall/analytics/Warehouse") {}
