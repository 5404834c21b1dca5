const FIRST = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3})(?=\s*(?:[,;]|$))/

/** The first tag of an Accept-Language list (RFC 9110, 12.5.4), or a tag alone; empty when there is none. */
export const firstLanguage = (accepted: string): string => FIRST.exec(accepted)?.[1] ?? ""
