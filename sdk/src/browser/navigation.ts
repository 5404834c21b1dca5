/**
 * Tells of every further page that this document becomes: by the history API or back and forward, and by a return from the back/forward
 * cache. Another path is another page (with `hash` also another fragment); another query alone is one unless it only replaces the one
 * before, as maps and filters do. It tells one task later, when the page has its new title, and once for redirects within a task.
 */
export const watchNavigation = (hash: boolean, onPage: () => void) => {
  const path = () => location.pathname + (hash ? location.hash : "")
  let last = path()
  let whole = last + location.search
  const look = (replaces?: boolean) =>
    setTimeout(() => {
      const before = replaces ? last : whole
      whole = (last = path()) + location.search
      if (before !== (replaces ? last : whole)) onPage()
    })

  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name]
    history[name] = function (...call) {
      original.apply(this, call)
      look(name > "q")
    }
  }
  addEventListener("popstate", () => look())
  addEventListener("pageshow", (event) => event.persisted && onPage())
}
