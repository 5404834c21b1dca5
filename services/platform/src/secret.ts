import { Config, ConfigProvider, Effect, Option, Redacted } from "effect"
import { readFileSync } from "node:fs"

/**
 * A secret from the environment: the variable `name`, or the content of the file that `${name}_FILE` points to.
 * Fails as a missing configuration value when neither is set, and as an invalid one when the file cannot be read.
 */
export const secret = (name: string): Config.Config<Redacted.Redacted> =>
  Config.Redacted(name).pipe(
    Config.orElse(() =>
      Config.String(`${name}_FILE`).pipe(
        Config.mapEffect((path) =>
          Effect.try({
            try: () => Redacted.make(readFileSync(path, "utf8").trim()),
            catch: (cause) =>
              new Config.ConfigError(new ConfigProvider.SourceError({ message: `${name}_FILE names ${path}, which cannot be read`, cause })),
          }),
        ),
      ),
    ),
  )

/** Like {@link secret}, but none when neither variable is set. */
export const optionalSecret = (name: string): Config.Config<Option.Option<Redacted.Redacted>> => Config.option(secret(name))
