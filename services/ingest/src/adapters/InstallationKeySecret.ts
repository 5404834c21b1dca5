import { secret } from "@footfall/platform/secret"
import { type Config, Effect, Layer, Redacted } from "effect"
import { hkdfSync } from "node:crypto"
import { InstallationKey } from "../domain/Visitors.ts"

/** The key of this installation, derived from `AUTH_SECRET` (HKDF, RFC 5869) so that it tells nothing about it. */
export const layer: Layer.Layer<InstallationKey, Config.ConfigError> = Layer.effect(
  InstallationKey,
  Effect.map(secret("AUTH_SECRET"), (authSecret) => ({
    bytes: new Uint8Array(hkdfSync("sha256", Redacted.value(authSecret), "", "footfall visitor ids", 32)),
  })),
)
