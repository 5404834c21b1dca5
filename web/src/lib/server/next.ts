const here = "http://here.invalid"

/** A place of this site to go to after signing in: `next` when it is a path of ours, `/` when it leads anywhere else. */
export const safeNext = (next: string | null): string => {
  if (!next?.startsWith("/") || !URL.canParse(next, here)) return "/"
  const url = new URL(next, here)
  return url.origin === here && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}${url.hash}` : "/"
}
