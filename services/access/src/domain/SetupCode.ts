import { Context, type Effect } from "effect"
import type { NotAllowed } from "./Access.ts"

/** Decides who may own a fresh instance: a person who has its set-up code, not the first one who finds the instance. */
export class SetupCode extends Context.Service<
  SetupCode,
  {
    /** Fails unless this is the code; neither case nor hyphens nor blanks count, for people type it from a terminal. */
    check(code: string): Effect.Effect<void, NotAllowed>
  }
>()("@footfall/access/SetupCode") {}
