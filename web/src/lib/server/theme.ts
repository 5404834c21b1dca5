import type { Cookies } from "@sveltejs/kit"
import { isTheme, themeCookie } from "#lib/ui/theme.ts"
import type { Theme } from "#lib/ui/theme.ts"

/** The theme that this browser chose; `system` when it chose none. */
export const readTheme = (cookies: Cookies): Theme => {
  const chosen = cookies.get(themeCookie)
  return isTheme(chosen) ? chosen : "system"
}
