import { isbotMatch } from "isbot"

/**
 * What gave automated traffic away, or the empty string for a person. A missing user agent is no signal: servers report
 * events for people without one.
 */
export const botSignalOf = (userAgent: string): string => {
  const match = isbotMatch(userAgent)
  return match === null ? "" : `user agent: ${match.trim().toLowerCase()}`
}
