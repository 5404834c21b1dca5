import type { Cookies } from "@sveltejs/kit"
import { settings } from "./settings.ts"

const secure = (): boolean => settings().webUrl.protocol === "https:"

/**
 * Over https the `__Host-` prefix ties the cookie to this host. Over plain http browsers would refuse that, and several instances may
 * share a host name: cookies know no ports, so the port is in the name.
 */
const cookieName = (): string => (secure() ? "__Host-footfall_session" : `footfall_session_${settings().webUrl.port || 80}`)

const attributes = () => ({ path: "/", httpOnly: true, sameSite: "lax", secure: secure() }) as const

/** What a header can carry; anything else in the cookie is no token of ours. */
const TOKEN = /^[\x21-\x7e]{1,256}$/

/** The token that the browser sent. Only the API can tell whether it is worth anything. */
export const readSession = (cookies: Cookies): string | undefined => {
  const token = cookies.get(cookieName())
  return token !== undefined && TOKEN.test(token) ? token : undefined
}

/** Keeps a fresh session until it expires. */
export const keepSession = (cookies: Cookies, session: { readonly token: string; readonly expiresAt: string }): void =>
  cookies.set(cookieName(), session.token, { ...attributes(), expires: new Date(session.expiresAt) })

export const forgetSession = (cookies: Cookies): void => cookies.delete(cookieName(), attributes())
