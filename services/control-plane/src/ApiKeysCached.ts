import { Clock, Deferred, Effect, Exit, Layer } from "effect"
import { ApiKeys, type KeyHolder } from "./ApiKeys.ts"
import { BoundedMap } from "./BoundedMap.ts"
import { ControlPlaneUnavailable, UnknownKey } from "./errors.ts"
import { hashSecret } from "./secrets.ts"

/** How long a known key is believed without asking, ms; a revoked key is refused after at most this long. */
const KNOWN_MS = 10_000
/** From this age on a known key is asked about again in the background, so that a busy key never waits. */
const REFRESH_MS = 5_000
/** How long an unknown key is believed to be unknown, ms. */
const UNKNOWN_MS = 5_000
/** After a failure the store is left alone for this long, ms, and what we know is used instead. */
const REST_MS = 1_000
const SIZE = 10_000
/** Keys that we never saw and ask about at the same time. Who floods us with made-up keys does not keep the known ones from Postgres. */
const STRANGERS = 32

interface Known {
  readonly holder: KeyHolder
  readonly at: number
}

type Answer = Deferred.Deferred<KeyHolder, UnknownKey | ControlPlaneUnavailable>

/**
 * `ApiKeys` that remembers. A known key stays usable for ever while Postgres is down; a key we never saw fails with
 * `ControlPlaneUnavailable` then, not `UnknownKey`. Bounded in size; keys are kept by their hash only.
 */
export const layer: Layer.Layer<ApiKeys, never, ApiKeys> = Layer.effect(
  ApiKeys,
  Effect.gen(function* () {
    const store = yield* ApiKeys
    const scope = yield* Effect.scope
    const known = new BoundedMap<Known>(SIZE)
    const unknown = new BoundedMap<number>(SIZE)
    const asking = new Map<string, Answer>()
    let strangers = 0
    let restUntil = 0

    const crowded = new ControlPlaneUnavailable({ cause: new Error(`${STRANGERS} unknown keys are being looked up`) })

    const ask = Effect.fnUntraced(function* (key: string, hash: string, isStranger: boolean) {
      const underway = asking.get(hash)
      if (underway !== undefined) return underway
      if (isStranger && strangers >= STRANGERS) return yield* crowded
      if (isStranger) strangers++
      const answer = Deferred.makeUnsafe<KeyHolder, UnknownKey | ControlPlaneUnavailable>()
      asking.set(hash, answer)
      yield* store.resolve(key).pipe(
        Effect.onExit((exit) =>
          Effect.map(Clock.currentTimeMillis, (at) => {
            asking.delete(hash)
            if (isStranger) strangers--
            if (Exit.isSuccess(exit)) {
              known.set(hash, { holder: exit.value, at })
              unknown.delete(hash)
            } else if (exit.cause.reasons.some((reason) => reason._tag === "Fail" && reason.error._tag === "UnknownKey")) {
              known.delete(hash)
              unknown.set(hash, at)
            } else restUntil = at + REST_MS
            Deferred.doneUnsafe(answer, exit)
          }),
        ),
        Effect.exit,
        Effect.forkIn(scope),
      )
      return answer
    })

    return ApiKeys.of({
      ...store,
      resolve: Effect.fnUntraced(function* (key) {
        const hash = hashSecret(key)
        const now = yield* Clock.currentTimeMillis
        const believed = known.get(hash)
        const age = now - (believed?.at ?? 0)
        if (believed !== undefined && age < REFRESH_MS) return believed.holder
        if (believed === undefined && now - (unknown.get(hash) ?? -UNKNOWN_MS) < UNKNOWN_MS) return yield* new UnknownKey()
        if (believed !== undefined && now < restUntil) return believed.holder
        const answer = yield* ask(key, hash, believed === undefined)
        if (believed === undefined) return yield* Deferred.await(answer)
        if (age < KNOWN_MS) return believed.holder
        return yield* Effect.catchTag(Deferred.await(answer), "ControlPlaneUnavailable", () => Effect.succeed(believed.holder))
      }),
    })
  }),
)
