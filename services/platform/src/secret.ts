import { Config, ConfigProvider, Effect, Option, Redacted } from "effect"
import { readFileSync } from "node:fs"

const problem = (message: string, cause?: unknown) => new Config.ConfigError(new ConfigProvider.SourceError({ message, cause }))

const read = (variable: string, path: string) =>
  Effect.try({
    try: () => Redacted.make(readFileSync(path, "utf8").trim()),
    catch: (cause) => problem(`${variable} names ${path}, which cannot be read`, cause),
  })

/** A secret from the environment, as {@link secret}; none when neither variable is set. */
export const optionalSecret = (name: string): Config.Config<Option.Option<Redacted.Redacted>> =>
  Config.all({ itself: Config.option(Config.Redacted(name)), file: Config.option(Config.String(`${name}_FILE`)) }).pipe(
    Config.mapEffect(({ itself, file }) =>
      Option.isSome(itself) || Option.isNone(file) ? Effect.succeed(itself) : Effect.map(read(`${name}_FILE`, file.value), Option.some),
    ),
  )

/**
 * A secret from the environment: the variable `name`, or the content of the file that `${name}_FILE` names, without the line's end.
 * Fails with a sentence when neither is set or the file cannot be read.
 */
export const secret = (name: string): Config.Config<Redacted.Redacted> =>
  optionalSecret(name).pipe(
    Config.mapEffect(
      Option.match({
        onNone: () => Effect.fail(problem(`${name} is not set; set it, or ${name}_FILE to a file that holds it`)),
        onSome: Effect.succeed,
      }),
    ),
  )
