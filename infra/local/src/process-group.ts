import { spawn } from "node:child_process"
import { root } from "./checkout.ts"
import { guard, unguard } from "./guardian.ts"

/**
 * Runs a program in the foreground, at the root of the checkout, in a process group of its own; settles with its exit code, 1 when a
 * signal ended it. When asked to stop it ends the whole group at once: what the program started and does not run in groups of its own.
 */
export const runGroup = (
  command: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  stopping: AbortSignal,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      detached: true,
    })
    const { pid } = child
    child.once("error", reject)
    if (pid === undefined) return
    const end = () => {
      try {
        process.kill(-pid, "SIGKILL")
      } catch {
        return
      }
    }
    guard(pid)
    stopping.addEventListener("abort", end)
    if (stopping.aborted) end()
    child.once("exit", (code) => {
      stopping.removeEventListener("abort", end)
      unguard(pid)
      resolve(code ?? 1)
    })
  })
