export { metrics } from "../generated/metrics.ts"
export * from "./clients.ts"
export * from "./problem.ts"
export type * from "./types.ts"
