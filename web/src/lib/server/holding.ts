import type { RequestEvent } from "@sveltejs/kit"

/** A browser that has nothing to show yet is told after this long that it waits, milliseconds. */
const HOLD_AFTER_MS = 2_000

/** Says that this browser has been told; it then waits for the answer itself, with what it was told in sight. */
const cookie = "footfall_waits"
const COOKIE_S = 30

const page = (theme: string) => `<!doctype html>
<html lang="en" data-theme="${theme}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta http-equiv="refresh" content="1" />
    <link rel="stylesheet" href="/holding.css" />
    <title>Loading… · Footfall</title>
  </head>
  <body>
    <main>
      <h1>Loading…</h1>
      <p>The server takes longer than usual. This page goes on by itself.</p>
      <div class="large"></div>
      <div></div>
      <div></div>
    </main>
  </body>
</html>
`

/**
 * The answer; or, when a new tab has waited for it for a while, a frame of a page that asks again a second later. A browser keeps showing the
 * frame until the next answer begins, so nobody looks at a blank tab, with or without JavaScript.
 */
export const orHold = async (event: RequestEvent, theme: string, answer: Promise<Response>): Promise<Response> => {
  const { request, isDataRequest, cookies } = event
  const document = request.method === "GET" && !isDataRequest && request.headers.get("sec-fetch-dest") === "document"
  if (!document || cookies.get(cookie) !== undefined) return answer
  let timer: NodeJS.Timeout | undefined
  const held = new Promise<Response>((resolve) => {
    timer = setTimeout(() => {
      const headers = {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "set-cookie": `${cookie}=1; Path=/; Max-Age=${COOKIE_S}; HttpOnly; SameSite=Lax`,
      }
      resolve(new Response(page(theme), { headers }))
    }, HOLD_AFTER_MS)
  })
  try {
    return await Promise.race([answer, held])
  } finally {
    clearTimeout(timer)
  }
}
