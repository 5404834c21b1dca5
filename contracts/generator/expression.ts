import type { Scope } from "./scope.ts"

/** Appends checks to a schema expression. */
export const checked = (code: string, checks: ReadonlyArray<string>): string =>
  checks.length === 0 ? code : `${code}.check(${checks.join(", ")})`

/** The scope's `use`, free of `this`. */
export const importer = ({ module }: Scope) => ({ use: module.use.bind(module) as typeof module.use })
