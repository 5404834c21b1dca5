import { optionalSecret } from "@footfall/platform/secret"
import { Config, ConfigProvider, Effect, Option, Redacted } from "effect"
import { createHash, timingSafeEqual } from "node:crypto"

/** The header by which the dashboard shows that it is the dashboard. `web/src/lib/server/api.ts` sends it. */
export const DASHBOARD_HEADER = "x-footfall-web"

/** A secret that can be guessed is none. */
const MIN_LENGTH = 24

const digest = (text: string) => createHash("sha256").update(text).digest()

const configured: Config.Config<Option.Option<Buffer>> = optionalSecret("WEB_SECRET").pipe(
  Config.mapEffect((given) => {
    const secret = Option.map(given, Redacted.value)
    if (Option.isSome(secret) && secret.value.length < MIN_LENGTH) {
      const message = `WEB_SECRET must have at least ${MIN_LENGTH} characters`
      return Effect.fail(new Config.ConfigError(new ConfigProvider.SourceError({ message })))
    }
    return Effect.succeed(Option.map(secret, digest))
  }),
)

/** Tells whether a value of {@link DASHBOARD_HEADER} is `WEB_SECRET`, in a time that does not depend on it. Without one nothing is. */
export const isDashboard = Effect.map(
  configured,
  (right) =>
    (value: string | undefined): boolean =>
      value !== undefined && Option.isSome(right) && timingSafeEqual(digest(value), right.value),
)
