import type { Settings } from "./settings.ts"

/** The name in a Host header or in a list of hosts, without its port. */
const nameOf = (host: string): string => host.trim().toLowerCase().replace(/:\d+$/, "")

/**
 * Tells whether this server answers to a Host header: to that of `WEB_URL`, to this machine's own names, and to `ALLOWED_HOSTS`. A
 * page that made its own name point to us is of our origin to its browser, but the browser sends that name.
 */
export const answersTo = ({ webUrl, allowedHosts }: Settings): ((host: string) => boolean) => {
  const ours = new Set(["localhost", "127.0.0.1", "[::1]", webUrl.host, ...allowedHosts].map(nameOf))
  return (host) => ours.has(nameOf(host))
}
