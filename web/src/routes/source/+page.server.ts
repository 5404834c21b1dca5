import { redirect } from "@sveltejs/kit"
import { settings } from "#lib/server/settings.ts"
import type { PageServerLoad } from "./$types"

export const load: PageServerLoad = () => {
  const { sourceUrl } = settings()
  if (sourceUrl) redirect(302, sourceUrl.href)
}
