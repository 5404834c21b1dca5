import { askTracking } from "#lib/features/install/tracking.server.ts"
import { respond } from "#lib/server/respond.ts"
import type { RequestHandler } from "./$types"

export const GET: RequestHandler = async ({ params, locals }) => respond(await askTracking(locals.api, params.project))
