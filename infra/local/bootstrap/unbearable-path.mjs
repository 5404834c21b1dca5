import { Unable } from "./quietly.mjs"

/**
 * Refuses a path that the programs we run cannot bear: Postgres's initdb hands its own path to a shell, ClickHouse writes it into XML,
 * Redis takes that of its configuration for a pattern, the dashboard's build takes paths for addresses, and PATH ends at a colon.
 * All else is fine, blanks, letters of any language and apostrophes included.
 */
export const refuseUnbearablePath = (what, path) => {
  const found = /["$`\\#%?:&<[*\r\n]/.exec(path)?.[0]
  if (found === undefined) return
  throw new Unable(
    `${what}, ${path}, has ${/[\r\n]/.test(found) ? "a line break" : found} in it, which a database or the build of the dashboard cannot bear: take a path without " $ \` \\ # % ? : & < [ * and line breaks.`,
  )
}
