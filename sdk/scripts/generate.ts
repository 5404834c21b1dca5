import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

interface Property {
  readonly description: string
  readonly "x-metric": Readonly<Record<"label" | "unit" | "better", string>>
}

const check = process.argv.includes("--check")
const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

execFileSync("pnpm", ["run", "generate:types", ...(check ? ["--check"] : [])], { cwd: here(""), stdio: "inherit" })

const { components } = JSON.parse(readFileSync(here("../contracts/src/generated/openapi/analytics.json"), "utf8"))
const entries = Object.entries(components.schemas.Metrics.properties as Readonly<Record<string, Property>>).map(([id, property]) => {
  const { label, unit, better } = property["x-metric"]
  return `  ${id}: {
    label: ${JSON.stringify(label)},
    unit: ${JSON.stringify(unit)},
    better: ${JSON.stringify(better)},
    definition: ${JSON.stringify(property.description)},
  },`
})
const text = `// Generated from contracts/openapi/components/metrics.yaml by scripts/generate.ts - do not edit.

/** Every metric of the API: its name, its unit, whether more or less of it is better, and what it counts. */
export const metrics = {
${entries.join("\n")}
} as const
`
const file = here("src/generated/metrics.ts")
if (check) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    console.error("src/generated/metrics.ts is stale: the specification has changed. Run: pnpm generate")
    process.exitCode = 1
  }
} else writeFileSync(file, text)
