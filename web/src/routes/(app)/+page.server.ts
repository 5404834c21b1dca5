import { glances } from "#lib/features/projects/glance.server.ts"
import { soon } from "#lib/server/soon.ts"
import type { PageServerLoad } from "./$types"

/** How long the list waits for its numbers before they are streamed, in milliseconds. */
const patience = 400

export const load: PageServerLoad = async ({ locals, parent, isDataRequest }) => {
  const { projects } = await parent()
  const asked = [...glances(locals.api, projects, Date.now())]
  const wait = isDataRequest ? Infinity : patience
  return { glances: Object.fromEntries(await Promise.all(asked.map(async ([id, answer]) => [id, await soon(answer, wait)] as const))) }
}
