/** What runs with the product's configuration. */
export type Part = "query" | "enrichment-worker" | "ingest" | "web" | "migration"

const clickhouse = ["CLICKHOUSE_URL", "CLICKHOUSE_DATABASE", "CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD"]
const postgres = ["DATABASE_URL", "DATABASE_CONNECTIONS"]
const log = ["REDIS_URL", "REDIS_PREFIX", "PARTITIONS"]
const urls = ["WEB_URL", "QUERY_URL", "INGEST_URL"]

/** The variables that each part reads, as its README says; each may also be `NAME_FILE`. What nobody reads here is nobody's secret. */
const reads: Readonly<Record<Part, ReadonlySet<string>>> = {
  query: new Set([...clickhouse, ...postgres, ...urls, "AUTH_SECRET", "SETUP_CODE", "WEB_SECRET", "ALLOWED_HOSTS", "TRUSTED_PROXIES"]),
  "enrichment-worker": new Set([...log, ...clickhouse, "LEASE_MS", "GEO_DATABASE", "FAULT_AT"]),
  ingest: new Set([...log, ...postgres, "AUTH_SECRET", "RATE_LIMIT", "SDK_SCRIPT", "TRUSTED_PROXIES"]),
  web: new Set([...urls, "WEB_SECRET", "SOURCE_URL", "ALLOWED_HOSTS"]),
  migration: new Set([...clickhouse, ...postgres]),
}

const configured = new Set(Object.values(reads).flatMap((names) => [...names]))
const variable = (name: string): string => name.replace(/_FILE$/, "")

/**
 * Of `environment`, what `part` needs to know: variables that only other parts read are undefined. An intruder in one process
 * finds the passwords of that process and no others.
 */
export const environmentFor = (
  part: Part,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => {
      const foreign = configured.has(variable(name)) && !reads[part].has(variable(name))
      return [name, foreign ? undefined : value]
    }),
  )
