import { settings } from "#lib/server/settings.ts"
import type { LayoutServerLoad } from "./$types"

/** Whether the operator has said where the source of this instance is; without that the footer has nowhere to lead to. */
export const load: LayoutServerLoad = () => ({ sourceKnown: settings().sourceUrl !== undefined })
