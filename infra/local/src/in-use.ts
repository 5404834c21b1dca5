import { workersIn } from "./machine.ts"
import { Unable } from "./unable.ts"

/** Throws a sentence when a live process called `program` works in the folder of an engine: two of them on the same data destroy them. */
export const refuseFolderInUse = (engine: string, folder: string, program: string): void => {
  const [pid] = workersIn(folder, program)
  if (pid !== undefined) throw new Unable(`${engine} is not started: process ${pid} works in ${folder} already. End it first: kill ${pid}`)
}
