import { readForm } from "#lib/server/entered.ts"
import { redirect } from "@sveltejs/kit"
import { safeNext } from "#lib/server/next.ts"
import { isTheme, themeCookie, themeMaxAge } from "#lib/ui/theme.ts"
import type { Actions, PageServerLoad } from "./$types"

export const load: PageServerLoad = () => redirect(303, "/")

/** The way to choose a theme without JavaScript; with it the page sets the cookie itself. */
export const actions: Actions = {
  default: async ({ request, cookies, url }) => {
    const theme = (await readForm(request)).get("theme")
    if (isTheme(theme)) {
      cookies.set(themeCookie, theme, {
        path: "/",
        maxAge: themeMaxAge,
        sameSite: "lax",
        httpOnly: false,
        secure: url.protocol === "https:",
      })
    }
    redirect(303, safeNext(url.searchParams.get("next")))
  },
}
