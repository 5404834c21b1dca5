import { attempt } from "./attempt.ts"

/** Events are held as the JSON text that will be sent: what was recorded cannot change or fail later. */
export interface Spool {
  /** What pages of this site left unsent, oldest first. */
  read(): string[]
  /** Forgets what is done and keeps what is added, beside what other tabs keep; false when storage is not to be had. */
  save(done: string[], added: string[]): boolean
}

/** Those younger than 24 hours: for so long the server knows an event's id again, so for so long it may be repeated. */
export const fresh = (events: string[], now: number): string[] => {
  const oldest = new Date(now - 864e5).toISOString()
  return events.filter((event) => JSON.parse(event).timestamp > oldest)
}

/**
 * The unsent events of one write key in localStorage, so that a closed tab can send later: at most 100 events and
 * 100,000 characters, none older than 24 hours. Nothing is stored while nothing is unsent. Never throws.
 */
export const openSpool = (key: string, now: () => number): Spool => {
  const name = "footfall.queue." + key

  const read = (): string[] => attempt(() => fresh(JSON.parse(localStorage[name]), now())) || []

  const save = (done: string[], added: string[]): boolean => {
    const kept = [...new Set([...read(), ...added])].filter((event) => !done.includes(event)).slice(-100)
    while (kept.join().length > 1e5) kept.shift()
    return !!attempt(() => {
      if (kept.length) localStorage[name] = JSON.stringify(kept)
      else localStorage.removeItem(name)
      return true
    })
  }

  return { read, save }
}

const IGNORE = "footfall_ignore"

/** Whether this visitor asked not to be counted: `localStorage.footfall_ignore = "true"`. */
export const ignored = (): boolean => attempt(() => localStorage[IGNORE]) === "true"

/** From now on this visitor is not counted; false when there is nowhere to remember it. */
export const optOut = (): boolean => {
  attempt(() => (localStorage[IGNORE] = "true"))
  return ignored()
}
