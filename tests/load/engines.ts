import { type Stack, testStack } from "@footfall/local/stack"
import type { Versions } from "./machine.ts"
import { versionsOf } from "./machine.ts"
import { World, type WorldOptions } from "../support/world.ts"

/** A whole product of its own: fresh engines in a temp folder, services as processes. */
export interface Bench {
  readonly stack: Stack
  readonly versions: Versions
  readonly world: World
  /** The process of an engine. */
  readonly pidOf: (engine: string) => number
  readonly stop: () => Promise<void>
}

/** Starts engines and services that nobody else uses; `stop` ends them and removes their data. */
export const startBench = async (options: Omit<WorldOptions, "engines"> = {}): Promise<Bench> => {
  const stack = await testStack(true)
  try {
    const world = await World.start({ ...options, engines: stack })
    return {
      stack,
      versions: await versionsOf(stack),
      world,
      pidOf: (engine) => {
        const pid = stack.processes.find((one) => one.name === engine)?.pid
        if (pid === undefined) throw new Error(`${engine} does not run.`)
        return pid
      },
      stop: async () => {
        await world.stop()
        await stack.stop()
      },
    }
  } catch (cause) {
    console.error(cause) // Said before the engines go: a client that is still connected to them ends this process.
    await stack.stop()
    throw cause
  }
}
