/** Path and name of each event of a session, each pair once, in the order in which they first arrived; two lists of one length. */
export interface Visited {
  readonly pages: ReadonlyArray<string>
  /** Empty for page views. */
  readonly names: ReadonlyArray<string>
}

/** Of a session without events. */
export const NOWHERE: Visited = { pages: [], names: [] }

/** Most pairs of a session. */
export const MOST_PAIRS = 1_000

/** Most characters of all its paths and names together. */
export const MOST_CHARACTERS = 32_768

interface About {
  readonly path: string
  readonly name: string
}

const knows = ({ pages, names }: Visited, { path, name }: About): boolean => {
  for (let i = 0; i < pages.length; i++) if (pages[i] === path && names[i] === name) return true
  return false
}

const charactersOf = ({ pages, names }: Visited): number => {
  let characters = 0
  for (const page of pages) characters += page.length
  for (const name of names) characters += name.length
  return characters
}

/**
 * Whether a session can take an event about this page. It writes everything it knows whenever it grows, so it must not grow without
 * bounds: a visitor that sees more than fits is in a next session from there on.
 */
export const hasRoom = (visited: Visited, about: About): boolean =>
  knows(visited, about) ||
  (visited.pages.length < MOST_PAIRS && charactersOf(visited) + about.path.length + about.name.length <= MOST_CHARACTERS)

/** With one more event. */
export const visit = ({ pages, names }: Visited, about: About): Visited =>
  knows({ pages, names }, about) ? { pages, names } : { pages: [...pages, about.path], names: [...names, about.name] }
