export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

/** A cookie rather than local storage: the server writes the theme into the page, so nothing flashes and no script is needed. */
export const themeCookie = "footfall_theme"

/** For a year. */
export const themeMaxAge = 31_536_000

export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)

/** Shows the theme at once and keeps it for the next page. */
export const applyTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${themeMaxAge}; samesite=lax`
}
