import { optionalSecret } from "@footfall/platform/secret"
import { Config, ConfigProvider, Effect, Layer, Option, Redacted } from "effect"
import { createHash, timingSafeEqual } from "node:crypto"
import { NotAllowed } from "../domain/Access.ts"
import { SetupCode } from "../domain/SetupCode.ts"

/** A code that can be guessed is none. */
const MIN_LENGTH = 12

const plain = (code: string) => code.toUpperCase().replace(/[\s-]/g, "")

const digest = (code: string) => createHash("sha256").update(plain(code)).digest()

const configuredDigest: Config.Config<Option.Option<Buffer>> = optionalSecret("SETUP_CODE").pipe(
  Config.mapEffect((configured) => {
    const code = Option.map(configured, Redacted.value)
    if (Option.isSome(code) && plain(code.value).length < MIN_LENGTH) {
      const message = `SETUP_CODE must have at least ${MIN_LENGTH} letters and digits`
      return Effect.fail(new Config.ConfigError(new ConfigProvider.SourceError({ message })))
    }
    return Effect.succeed(Option.map(code, digest))
  }),
)

const make = Effect.map(configuredDigest, (right) =>
  SetupCode.of({
    check: Effect.fnUntraced(function* (code) {
      if (Option.isNone(right))
        return yield* new NotAllowed({ why: "This instance has no set-up code. Set SETUP_CODE for the query service and restart it." })
      if (!timingSafeEqual(digest(code), right.value)) return yield* new NotAllowed({ why: "Wrong set-up code." })
    }),
  }),
)

/** The code in `SETUP_CODE`, or in the file that `SETUP_CODE_FILE` names. Without one nobody can own a fresh instance. */
export const layer: Layer.Layer<SetupCode, Config.ConfigError> = Layer.effect(SetupCode, make)
