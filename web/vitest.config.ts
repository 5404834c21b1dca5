import { svelte } from "@sveltejs/vite-plugin-svelte"
import { defineConfig } from "vitest/config"

// Functions, and what Svelte compiles of runes for a browser; pages are tried in a real one (tests/e2e). Subpath imports come from package.json.
export default defineConfig({
  plugins: [svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: "client" }) })],
  resolve: { conditions: ["browser"] },
  ssr: { resolve: { conditions: ["browser"] } },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
})
