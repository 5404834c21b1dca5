import { domainToUnicode } from "node:url"
import { ask } from "#lib/server/answer.ts"
import { must } from "#lib/server/must.ts"
import { readTheme } from "#lib/server/theme.ts"
import type { LayoutServerLoad } from "./$types"

/** Domains as people write them: `münchen.de`, which the API keeps as `xn--mnchen-3ya.de`. */
export const load: LayoutServerLoad = async (event) => {
  const { management } = event.locals.api
  const [user, list] = await Promise.all([ask(management.GET("/v1/sessions/current")), ask(management.GET("/v1/projects"))])
  const projects = must(event, list).projects.map((project) => ({ ...project, domain: project.domain && domainToUnicode(project.domain) }))
  return { user: must(event, user), projects, theme: readTheme(event.cookies) }
}
