import { defineConfig } from "vitest/config"

// A cold Chromium, or the first install of it, takes longer than a unit test may.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 } })
