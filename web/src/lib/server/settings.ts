import { readSettings } from "#server/settings.ts"
import type { Settings } from "#server/settings.ts"

let read: Settings | undefined

/** The settings of this process, read when first asked for: building the app must not need them. */
export const settings = (): Settings => (read ??= readSettings(process.env))
