import { expect, it } from "vitest"
import { environmentFor } from "../src/product-environment.ts"

const everything = {
  PATH: "/bin",
  HTTPS_PROXY: "http://proxy",
  LOG_LEVEL: "Debug",
  DATABASE_URL: "postgres://with:password@there/",
  REDIS_URL_FILE: "/run/secrets/redis",
  CLICKHOUSE_PASSWORD: "secret",
  AUTH_SECRET: "secret",
  SETUP_CODE: "code",
  WEB_SECRET_FILE: "/run/secrets/web",
  WEB_URL: "http://localhost:3000",
}

const known = (part: Parameters<typeof environmentFor>[0]) =>
  Object.entries(environmentFor(part, everything))
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)

it.each([
  ["web", ["PATH", "HTTPS_PROXY", "LOG_LEVEL", "WEB_SECRET_FILE", "WEB_URL"]],
  ["ingest", ["PATH", "HTTPS_PROXY", "LOG_LEVEL", "DATABASE_URL", "REDIS_URL_FILE", "AUTH_SECRET"]],
  ["enrichment-worker", ["PATH", "HTTPS_PROXY", "LOG_LEVEL", "REDIS_URL_FILE", "CLICKHOUSE_PASSWORD"]],
  [
    "query",
    ["PATH", "HTTPS_PROXY", "LOG_LEVEL", "DATABASE_URL", "CLICKHOUSE_PASSWORD", "AUTH_SECRET", "SETUP_CODE", "WEB_SECRET_FILE", "WEB_URL"],
  ],
  ["migration", ["PATH", "HTTPS_PROXY", "LOG_LEVEL", "DATABASE_URL", "CLICKHOUSE_PASSWORD"]],
] as const)("%s gets what it reads of the configuration, and no password that others read", (part, names) => {
  expect(known(part)).toEqual(names)
  // Undefined and not absent: a child takes over the rest of our own environment.
  expect(Object.keys(environmentFor(part, everything))).toEqual(Object.keys(everything))
})
