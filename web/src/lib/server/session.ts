import type { Cookies } from "@sveltejs/kit"
import { settings } from "./settings.ts"

const secure = (): boolean => settings().webUrl.protocol === "https:"

/** Over https the `__Host-` prefix ties the cookie to this host; over plain http browsers would refuse it. */
const cookieName = (): string => (secure() ? "__Host-footfall_session" : "footfall_session")

const attributes = () => ({ path: "/", httpOnly: true, sameSite: "lax", secure: secure() }) as const

/** The token that the browser sent. Only the API can tell whether it is worth anything. */
export const readSession = (cookies: Cookies): string | undefined => cookies.get(cookieName()) || undefined

/** Keeps a fresh session until it expires. */
export const keepSession = (cookies: Cookies, session: { readonly token: string; readonly expiresAt: string }): void =>
  cookies.set(cookieName(), session.token, { ...attributes(), expires: new Date(session.expiresAt) })

export const forgetSession = (cookies: Cookies): void => cookies.delete(cookieName(), attributes())
