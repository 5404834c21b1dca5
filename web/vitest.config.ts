import { defineConfig } from "vitest/config"

// Pure functions only: no Svelte plugin, no browser. Subpath imports come from package.json.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], environment: "node" } })
