import { NodeRuntime } from "@effect/platform-node"
import { Cause, Config, Effect, Exit, Layer, Logger, References, Runtime } from "effect"

/** One JSON object a line on standard output, from `LOG_LEVEL` (Info unless set) upwards. */
export const layerLogging = Layer.mergeAll(
  Logger.layer([Logger.consoleJson]),
  Layer.effect(References.MinimumLogLevel, Config.LogLevel("LOG_LEVEL").pipe(Config.withDefault("Info" as const))),
)

const interrupted = (cause: Cause.Cause<unknown>) => Cause.hasInterruptsOnly(cause)

/** A line of log that cannot be written, on a full disk or to a reader that is gone, is lost; the service goes on without it. */
const surviveLostLogs = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}

/**
 * Runs a service until SIGTERM or SIGINT, which close its layers in order and end the process with 0. Any other end is a
 * logged error and exit code 1. A log that cannot be written does not end it.
 */
export const run = <A, E>(service: Layer.Layer<A, E>): void => {
  surviveLostLogs()
  Layer.launch(service).pipe(
    Effect.tapCause((cause) => (interrupted(cause) ? Effect.void : Effect.logFatal("the service ended", cause))),
    Effect.provide(layerLogging),
    NodeRuntime.runMain({
      disableErrorReporting: true,
      teardown: (exit, onExit) => (Exit.isFailure(exit) && interrupted(exit.cause) ? onExit(0) : Runtime.defaultTeardown(exit, onExit)),
    }),
  )
}
