import { spawn } from "node:child_process"
import { root } from "./checkout.ts"

/** How a finished program ended and what it wrote: to both its streams, and to stdout alone. */
export interface Finished {
  readonly ok: boolean
  readonly output: string
  readonly stdout: string
}

/** Runs a program at the root of the checkout until it ends; never rejects for an exit code. */
export const run = (
  command: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Finished> =>
  new Promise((resolve) => {
    const child = spawn(command, [...args], { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] })
    const output: Array<Buffer> = []
    const stdout: Array<Buffer> = []
    const text = (bytes: ReadonlyArray<Buffer>) => Buffer.concat(bytes).toString("utf8").trim()
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => output.push(bytes))
    child.stdout.on("data", (bytes: Buffer) => stdout.push(bytes))
    child.once("error", (cause) => resolve({ ok: false, output: cause.message, stdout: "" }))
    child.once("close", (code) => resolve({ ok: code === 0, output: text(output), stdout: text(stdout) }))
  })

/** Runs a program that has to succeed and gives its stdout; rejects with `what` and its last words. */
export const mustRun = async (
  what: string,
  command: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<string> => {
  const { ok, output, stdout } = await run(command, args, env)
  if (!ok) throw new Error(`${what} failed. It said:\n${output.split("\n").slice(-30).join("\n")}`)
  return stdout
}
