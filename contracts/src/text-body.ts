/** What is expected of a body whose bytes are not UTF-8. */
export const NOT_UTF8 = "Expected UTF-8 text"

const TEXT = /^\s*(?:text\/|application\/(?:[^;,]+\+)?json\s*(?:;|$))/i
const CHARSET = /;\s*charset\s*=\s*("?)([^\s;"]*)\1/i

/** True for bodies that are read as text; forms and files have an encoding of their own. */
export const isText = (contentType: string): boolean => TEXT.test(contentType)

/** True unless a content type names another encoding than UTF-8. */
export const isInUtf8 = (contentType: string): boolean => (CHARSET.exec(contentType)?.[2] ?? "utf-8").toLowerCase() === "utf-8"
