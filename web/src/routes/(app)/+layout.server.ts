import { ask } from "#lib/server/answer.ts"
import { must } from "#lib/server/must.ts"
import { readTheme } from "#lib/server/theme.ts"
import type { LayoutServerLoad } from "./$types"

export const load: LayoutServerLoad = async (event) => {
  const { management } = event.locals.api
  const [user, list] = await Promise.all([ask(management.GET("/v1/sessions/current")), ask(management.GET("/v1/projects"))])
  return { user: must(event, user), projects: must(event, list).projects, theme: readTheme(event.cookies) }
}
