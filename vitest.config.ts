import { existsSync } from "node:fs"

const folder = (path: string) => `${path}/**/*.test.ts`

/** How long a test waits for something to become true, where it does not say: only a hang should end it, never a slow machine. */
const patience = { poll: { timeout: 40_000 } }

/** One vitest project per kind of test. Kinds that speak to engines share one stack per run. */
const project = (name: string, include: ReadonlyArray<string>, seconds: number) => ({
  test: {
    name,
    root: import.meta.dirname,
    include: [...include],
    exclude: ["**/node_modules/**"],
    environment: "node",
    globalSetup: ["infra/local/src/vitest-stack.ts"],
    testTimeout: seconds * 1000,
    hookTimeout: 120_000,
    expect: patience,
    pool: "forks" as const,
    maxWorkers: 2,
    ...(name === "unit" ? {} : { fileParallelism: false }),
  },
})

/** The dashboard's tests run with its own plugins where it has a configuration of its own. */
const web = existsSync(new URL("web/vitest.config.ts", import.meta.url))
  ? { extends: "./web/vitest.config.ts", root: "web", test: { name: "web", expect: patience } }
  : project("web", [folder("web/test")], 60)

export default {
  test: {
    projects: [
      project("unit", ["contracts/test", "services/*/test", "sdk/test", "infra/local/test", "tests/load"].map(folder), 90),
      web,
      project("contract", [folder("tests/contract")], 120),
      project("pipeline", [folder("tests/pipeline")], 120),
      project("faults", [folder("tests/faults")], 300),
      project("e2e", [folder("tests/e2e")], 180),
    ],
  },
}
