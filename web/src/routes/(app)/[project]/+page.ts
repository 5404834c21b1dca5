import { isDimension } from "#lib/report/question/dimensions.ts"
import type { PageLoad } from "./$types"

/** The details are loaded when they are asked for: with the page when its address says so, else at the click. */
export const load: PageLoad = async ({ data, url }) => {
  const dimension = url.searchParams.get("d") ?? ""
  if (!isDimension(dimension)) return data
  return { ...data, overlay: { dimension, Details: (await import("#lib/report/details/Details.svelte")).default } }
}
