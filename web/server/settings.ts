import { readFileSync } from "node:fs"

/** Where this server listens, where it is reached from outside, and where its questions go. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly webUrl: URL
  readonly queryUrl: URL
  readonly ingestUrl: URL
  /** Where the source of what runs here can be had, which the AGPL grants to everybody who uses it over a network. */
  readonly sourceUrl: URL | undefined
  /** Further host names that this server answers to. */
  readonly allowedHosts: ReadonlyArray<string>
  /** By which query knows that it is the dashboard who names the address of a browser; it has the same one. */
  readonly webSecret: string | undefined
}

const url = (name: string, value: string): URL => {
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  if (parsed?.protocol === "http:" || parsed?.protocol === "https:") return parsed
  throw new Error(`${name} must be an http or https URL, not ${JSON.stringify(value)}`)
}

/** The secret in `name`, or in the file that `${name}_FILE` names. */
const secret = (name: string, env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const file = env[`${name}_FILE`]
  if (env[name] || !file) return env[name] || undefined
  try {
    return readFileSync(file, "utf8").trim() || undefined
  } catch (cause) {
    throw new Error(`${name}_FILE names ${file}, which cannot be read`, { cause })
  }
}

/** Reads the environment once, at start. Throws a sentence that names the variable when a value is unusable. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const host = env.HOST || "127.0.0.1"
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT must be a port number, not ${JSON.stringify(env.PORT)}`)
  return {
    host,
    port,
    webUrl: url("WEB_URL", env.WEB_URL || `http://localhost:${port}`),
    queryUrl: url("QUERY_URL", env.QUERY_URL || "http://localhost:3002"),
    ingestUrl: url("INGEST_URL", env.INGEST_URL || "http://localhost:3001"),
    sourceUrl: env.SOURCE_URL ? url("SOURCE_URL", env.SOURCE_URL) : undefined,
    allowedHosts: (env.ALLOWED_HOSTS ?? "").split(",").filter((name) => name.trim() !== ""),
    webSecret: secret("WEB_SECRET", env),
  }
}
