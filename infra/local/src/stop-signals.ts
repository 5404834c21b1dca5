/** Calls back at every request to stop. Perhaps more than once: a Ctrl-C comes from the terminal and once more through npm. */
export const onStopSignal = (listener: () => void): void => {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, listener)
}
