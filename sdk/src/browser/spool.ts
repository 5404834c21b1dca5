/** Those younger than 24 hours: for so long the server knows an event's id again, so for so long it may be repeated. */
export const fresh = (events: string[], now: number): string[] =>
  events.filter((event) => +new Date(JSON.parse(event).timestamp) > now - 864e5)

/** What is left of a list without some of it. */
export const without = (events: string[], some: string[]): string[] => events.filter((event) => !some.includes(event))

/**
 * What pages of this site left unsent, oldest first. The spool is an entry of localStorage by its name, so that a closed
 * tab can send later. Events are held as the JSON text that will be sent: what was recorded cannot change or fail later.
 */
export const read = (spool: string, now: number): string[] => {
  try {
    return fresh(JSON.parse(localStorage[spool]), now)
  } catch {
    return []
  }
}

/**
 * Forgets what is done and keeps what is added, beside what other tabs keep: at most 100 events and 100,000 characters,
 * none older than 24 hours. Nothing is stored while nothing is unsent. False when storage is not to be had.
 */
export const save = (spool: string, now: number, done: string[], added: string[]): boolean => {
  const kept = without([...new Set([...read(spool, now), ...added])], done).slice(-100)
  while (kept.join().length > 1e5) kept.shift()
  try {
    if (kept[0]) localStorage[spool] = JSON.stringify(kept)
    else delete localStorage[spool]
    return true
  } catch {
    return false
  }
}

/** Whether this visitor asked not to be counted: `localStorage.footfall_ignore = "true"`. */
export const ignored = (): boolean => {
  try {
    return localStorage.footfall_ignore == "true"
  } catch {
    return false
  }
}

/** From now on nothing is sent from this browser for this site, and what waits is forgotten. False when storage is blocked. */
export const optOut = (): boolean => {
  try {
    localStorage.footfall_ignore = "true"
    return true
  } catch {
    return false
  }
}
