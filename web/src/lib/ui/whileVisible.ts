/**
 * Runs `task` again and again, `every` milliseconds after it ended, but only while the page can be seen; at once when it comes back into
 * sight. A function tells the pause anew each time. Failures of the task are its own business. Returns what stops it; made for `$effect`
 * and `onMount`.
 */
export const whileVisible = (task: (signal: AbortSignal) => Promise<unknown>, every: number | (() => number)): (() => void) => {
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false

  const later = () => {
    clearTimeout(timer)
    if (stop.signal.aborted || document.visibilityState !== "visible") return
    timer = setTimeout(run, typeof every === "number" ? every : every())
  }
  const run = async () => {
    if (running) return
    running = true
    await task(stop.signal).catch(() => undefined)
    running = false
    later()
  }

  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === "visible") void run()
  }
  document.addEventListener("visibilitychange", look, { signal: stop.signal })
  later()
  return () => {
    stop.abort()
    clearTimeout(timer)
  }
}
