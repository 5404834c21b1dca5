import { Config, ConfigProvider, Effect, Option, Redacted } from "effect"
import { readFileSync } from "node:fs"

const readSecret = (variable: string, path: string) =>
  Effect.try({
    try: () => Redacted.make(readFileSync(path, "utf8").trim()),
    catch: (cause) => new Config.ConfigError(new ConfigProvider.SourceError({ message: `${variable} names ${path}, which cannot be read`, cause })),
  })

/**
 * A secret from the environment: the variable `name`, or the content of the file that `${name}_FILE` points to.
 * Fails as a missing configuration value when neither is set, and as an invalid one when the file cannot be read.
 */
export const secret = (name: string): Config.Config<Redacted.Redacted> =>
  Config.Redacted(name).pipe(
    Config.orElse((missing) =>
      Config.option(Config.String(`${name}_FILE`)).pipe(
        Config.mapEffect((file) => (Option.isNone(file) ? Effect.fail(missing) : readSecret(`${name}_FILE`, file.value))),
      ),
    ),
  )

/** Like {@link secret}, but none when neither variable is set. */
export const optionalSecret = (name: string): Config.Config<Option.Option<Redacted.Redacted>> => Config.option(secret(name))
