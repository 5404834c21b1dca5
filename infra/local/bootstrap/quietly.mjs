import { spawn } from "node:child_process"
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs"
import { dirname } from "node:path"

/** A failure told as a sentence to the person at the keyboard, without a stack trace. */
export class Unable extends Error {}

/** npm tells its children about itself in variables that confuse another npm; only where packages come from matters to us. */
export const cleanEnvironment = (env) =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) =>
        !/^(npm|pnpm)_/i.test(name) ||
        /^npm_config_(registry|cache|userconfig|globalconfig|https?_proxy|proxy|noproxy|cafile|store_dir)$/i.test(name),
    ),
  )

/** The signals by which a person or a program asks for the end. */
export const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"]

const secondsSince = (since) => `${Math.round((Date.now() - since) / 1000)} s`

/**
 * Runs a program with its output in `logFile`. Says what goes on after one second and every fifteen, and how long it took; shows the
 * end of the output when it fails. Who stops us stops it.
 */
export const runQuietly = (what, command, args, { logFile, say, cwd, env = cleanEnvironment(process.env) }) =>
  new Promise((resolve, reject) => {
    mkdirSync(dirname(logFile), { recursive: true })
    const log = openSync(logFile, "w")
    const since = Date.now()
    let ticks = 0
    const progress = setInterval(() => {
      ticks++
      if (ticks === 1) say(`${what} ...`)
      else if (ticks % 15 === 0) say(`${what} ... ${secondsSince(since)}`)
    }, 1000)
    const done = (failure) => {
      clearInterval(progress)
      for (const signal of stopSignals) process.off(signal, stop)
      closeSync(log)
      if (failure === undefined) {
        if (ticks > 0) say(`${what}: done in ${secondsSince(since)}`)
        return resolve()
      }
      const words = readFileSync(logFile, "utf8").trim().split("\n").slice(-30).join("\n")
      reject(new Unable(`${what} failed (${failure}). It said:\n${words}`))
    }
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", log, log] })
    const stop = (signal) => child.kill(signal)
    for (const signal of stopSignals) process.on(signal, stop)
    child.once("error", (cause) => done(cause.message))
    child.once("exit", (code, signal) => done(code === 0 ? undefined : (signal ?? `exit code ${code}`)))
  })
