import { Schema } from "effect"

const matching = (expression: RegExp, expected: string, format: string) => Schema.isPattern(expression, { expected, format })

const such = (predicate: (text: string) => boolean, expected: string, format: string) =>
  Schema.makeFilter<string>(predicate, { expected, format })

const HYPHEN = 45
/** By the code of an ASCII character, whether it is a hexadecimal digit. */
const hexDigits = Uint8Array.from({ length: 128 }, (_, code) => (/[\da-f]/i.test(String.fromCharCode(code)) ? 1 : 0))

/** Every event has an id, and an expression takes three times as long to read it. */
const isUuid = (text: string): boolean => {
  if (text.length !== 36) return false
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i)
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== HYPHEN) return false
    } else if (code > 127 || hexDigits[code] === 0) return false
  }
  return true
}

const datePattern = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/
const fullDate = /^.{10}$/
const timePattern = /^.{10}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const startsWithDay = (text: string): boolean => {
  const [, year = "", month = "", day = ""] = datePattern.exec(text) ?? []
  if (month === "" || (month === "02" && day === "29")) return month === "02" && isLeapYear(Number(year))
  return Number(day) <= daysInMonth[Number(month) - 1]!
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

// RFC 3986 in ajv-formats' words (http://jmrware.com/articles/2009/uri_regexp/URI_regex.html, MIT), put together from its productions.
const hex = "[0-9a-f]{1,4}"
const octet = "(?:25[0-5]|2[0-4]\\d|[01]?\\d\\d?)"
const ipv4 = `(?:${octet}\\.){3}${octet}`
const last32 = `(?:${hex}:${hex}|${ipv4})`
const ipv6 =
  `(?:(?:(?:${hex}:){6}|::(?:${hex}:){5}|(?:${hex})?::(?:${hex}:){4}|(?:(?:${hex}:){0,1}${hex})?::(?:${hex}:){3}` +
  `|(?:(?:${hex}:){0,2}${hex})?::(?:${hex}:){2}|(?:(?:${hex}:){0,3}${hex})?::${hex}:|(?:(?:${hex}:){0,4}${hex})?::)${last32}` +
  `|(?:(?:${hex}:){0,5}${hex})?::${hex}|(?:(?:${hex}:){0,6}${hex})?::)`
const escape = "%[0-9a-f]{2}"
const character = `(?:[a-z0-9\\-._~!$&'()*+,;=:@]|${escape})`
const host = `(?:\\[(?:${ipv6}|[Vv][0-9a-f]+\\.[a-z0-9\\-._~!$&'()*+,;=:]+)\\]|${ipv4}|(?:[a-z0-9\\-._~!$&'()*+,;=]|${escape})*)`
const authority = `(?:(?:[a-z0-9\\-._~!$&'()*+,;=:]|${escape})*@)?${host}(?::\\d*)?`
const rootless = `${character}+(?:/${character}*)*`
const hierarchy = `(?:/?/${authority}(?:/${character}*)*|/(?:${rootless})?|${rootless})`
const suffix = `(?:\\?(?:${character}|[/?])*)?(?:#(?:${character}|[/?])*)?`
const uri = new RegExp(`^[a-z][a-z0-9+\\-.]*:${hierarchy}${suffix}$`, "i")
const uriReference = new RegExp(`^(?:[a-z][a-z0-9+\\-.]*:)?${hierarchy}?${suffix}$`, "i")

const emailAtom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
const email = new RegExp(`^${emailAtom}(?:\\.${emailAtom})*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$`, "i")
const hostname = /^(?=.{1,253}\.?$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-0-9a-z]{0,61}[0-9a-z])?)*\.?$/i

/**
 * JSON Schema formats as checks; the value stays a string, so compiled decoders keep their fast path. They accept what ajv-formats
 * accepts with four exceptions: no `urn:` before a UUID, no quotation mark in a reference (RFC 3986 has none), `T` (not a blank)
 * inside a date-time and a colon in its offset, and no leap second, so that `Date.parse` understands every accepted date-time.
 */
export const format = {
  uuid: such(isUuid, "a UUID", "uuid"),
  date: such((text) => fullDate.test(text) && startsWithDay(text), "a date such as 2026-11-01", "date"),
  dateTime: such(
    (text) => timePattern.test(text) && startsWithDay(text),
    "a date-time with a time zone, such as 2026-11-01T08:00:00Z",
    "date-time",
  ),
  hostname: matching(hostname, "a host name", "hostname"),
  email: matching(email, "an e-mail address", "email"),
  uri: matching(uri, "an absolute URI", "uri"),
  uriReference: matching(uriReference, "a URI or a reference relative to one", "uri-reference"),
} as const
