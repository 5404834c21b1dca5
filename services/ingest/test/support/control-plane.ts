import { ApiKeys, type KeyHolder } from "@footfall/control-plane/ApiKeys"
import { ControlPlaneUnavailable, UnknownKey } from "@footfall/control-plane/errors"
import { ProjectId } from "@footfall/control-plane/ids"
import { Salts } from "@footfall/control-plane/Salts"
import { Context, Effect, Layer } from "effect"
import { createHash } from "node:crypto"

export const PROJECT = ProjectId.make("728291047")
export const OTHER_PROJECT = ProjectId.make("281474976710655")

export const WRITE_KEY = "ffw_0123456789012345678901"
export const OTHER_WRITE_KEY = "ffw_abcdefghijklmnopqrstuv"
export const SECRET_KEY = `ffs_${"s".repeat(43)}`
export const READ_ONLY_KEY = `ffs_${"r".repeat(43)}`

/** What the control plane of a test knows, to be changed while the test runs. */
export class Known extends Context.Service<Known, { readonly keys: Map<string, KeyHolder>; down: boolean }>()("test/Known") {}

const knownKeys = (): Map<string, KeyHolder> =>
  new Map<string, KeyHolder>([
    [WRITE_KEY, { kind: "write", projectId: PROJECT, scopes: [] }],
    [OTHER_WRITE_KEY, { kind: "write", projectId: OTHER_PROJECT, scopes: [] }],
    [SECRET_KEY, { kind: "secret", projectId: PROJECT, scopes: ["events:write"] }],
    [READ_ONLY_KEY, { kind: "secret", projectId: PROJECT, scopes: ["stats:read", "projects:read"] }],
  ])

/** Keys and salts in memory, with a window. Salts follow from their day, so two processes of a test agree. */
export const layerMemory: Layer.Layer<ApiKeys | Salts | Known> = Layer.unwrap(
  Effect.sync(() => {
    const known: Known["Service"] = { keys: knownKeys(), down: false }
    const unlessDown = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E | ControlPlaneUnavailable> =>
      Effect.suspend((): Effect.Effect<A, E | ControlPlaneUnavailable> =>
        known.down ? Effect.fail(new ControlPlaneUnavailable({ cause: new Error("switched off") })) : effect,
      )
    return Layer.mergeAll(
      Layer.succeed(Known, known),
      Layer.mock(ApiKeys)({
        resolve: (key) =>
          unlessDown(
            Effect.suspend(() => {
              const holder = known.keys.get(key)
              return holder === undefined ? Effect.fail(new UnknownKey()) : Effect.succeed(holder)
            }),
          ),
      }),
      Layer.mock(Salts)({ of: (day) => unlessDown(Effect.sync(() => new Uint8Array(createHash("sha256").update(day).digest()))) }),
    )
  }),
)
