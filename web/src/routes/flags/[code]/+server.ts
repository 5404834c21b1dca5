import { error } from "@sveltejs/kit"
import * as flags from "country-flag-icons/string/3x2"
import type { RequestHandler } from "./$types"

const byCode = new Map<string, string>(Object.entries(flags))

/** `/flags/DE.svg`: ours, so that no third party learns what countries somebody looks at. */
export const GET: RequestHandler = ({ params }) => {
  const svg = byCode.get(params.code.replace(/\.svg$/, ""))
  if (!svg) error(404, { message: "There is no flag of that name." })
  return new Response(svg, { headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=604800" } })
}
