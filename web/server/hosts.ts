import type { Settings } from "./settings.ts"

/** This machine, as it calls itself. */
const loopback: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"])

/** The name in a Host header or in a list of hosts, without its port. */
const nameOf = (host: string): string => host.trim().toLowerCase().replace(/:\d+$/, "")

/**
 * Tells whether this server answers to a Host header: to that of `WEB_URL`, to this machine's own names, and to `ALLOWED_HOSTS`. A
 * page that made its own name point to us is of our origin to its browser, but the browser sends that name.
 */
export const answersTo = ({ webUrl, allowedHosts }: Settings): ((host: string) => boolean) => {
  const ours = new Set([...loopback, webUrl.host, ...allowedHosts].map(nameOf))
  return (host) => ours.has(nameOf(host))
}

/**
 * Tells whether a Host header says `WEB_URL` with another name of this machine: `127.0.0.1:3000` where that is
 * `http://localhost:3000`. It is one server, but two origins, and forms and sessions are of one only.
 */
export const isTwin = ({ webUrl }: Settings): ((host: string) => boolean) => {
  const twins = new Set(loopback.has(webUrl.hostname) ? Array.from(loopback, (name) => webUrl.host.replace(webUrl.hostname, name)) : [])
  twins.delete(webUrl.host)
  return (host) => twins.has(host.toLowerCase())
}
