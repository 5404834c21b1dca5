const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" })

/** The English name of an ISO 3166 alpha-2 code; the code itself when there is no name for it. */
export const countryName = (code: string): string => {
  if (!/^[A-Z]{2}$/.test(code)) return code
  return regions.of(code) ?? code
}

const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" })

/** The English name of a primary language tag; the tag itself when there is no name for it. */
export const languageName = (tag: string): string => (/^[a-z]{2,3}$/.test(tag) ? (languages.of(tag) ?? tag) : tag)
