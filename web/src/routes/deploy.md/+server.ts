import text from "../../../../docs/deploy.md?raw"
import type { RequestHandler } from "./$types"

/** The page of the documentation about a real site, as it belongs to what runs here. */
export const GET: RequestHandler = () => new Response(text, { headers: { "content-type": "text/plain; charset=utf-8" } })
