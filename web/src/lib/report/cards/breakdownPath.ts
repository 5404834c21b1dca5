import type { Dimension } from "@footfall/sdk/api"

/** Where our own server answers with rows for the view that `search` describes; `card` are those that a card chooses from. */
export const breakdownPath = (project: string, search: string, dimension: Dimension, limit: number | "card", cursor?: string): string => {
  const params = new URLSearchParams(search)
  params.set("dimension", dimension)
  params.set("limit", String(limit))
  if (cursor) params.set("cursor", cursor)
  return `/${project}/breakdown?${params}`
}
