/** Prints one line for a person. */
export type Say = (line: string) => void

/** Awaits work and says so once it takes longer than a second, again every fifteen, and when it is done. Quick work is silent. */
export const withProgress = async <A>(say: Say, what: string, work: Promise<A>): Promise<A> => {
  const since = Date.now()
  let ticks = 0
  const timer = setInterval(() => {
    ticks++
    if (ticks === 1) say(`${what} ...`)
    else if (ticks % 15 === 0) say(`${what} ... ${ticks} s`)
  }, 1000)
  try {
    const result = await work
    if (ticks > 0) say(`${what}: done in ${((Date.now() - since) / 1000).toFixed(1)} s`)
    return result
  } finally {
    clearInterval(timer)
  }
}
