import { Context, type Effect } from "effect"
import type { NotAllowed } from "./Access.ts"

/** Who may own a fresh instance: whoever has its set-up code, and not whoever finds it first. */
export class SetupCode extends Context.Service<
  SetupCode,
  {
    /** Fails unless this is the code; neither case nor hyphens nor blanks count, for people type it from a terminal. */
    check(code: string): Effect.Effect<void, NotAllowed>
  }
>()("@footfall/query/domain/SetupCode") {}
