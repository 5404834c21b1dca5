/**
 * Tells of every further page that this document becomes: by the history API or back and forward (when the path or the
 * query changes, with `hash` also the fragment), and by a return from the back/forward cache. It tells one task later,
 * when the page has its new title, and once for redirects within a task.
 */
export const watchNavigation = (hash: boolean, onPage: () => void) => {
  const place = () => location.pathname + location.search + (hash ? location.hash : "")
  let last = place()
  const look = () =>
    setTimeout(() => {
      if (last !== (last = place())) onPage()
    })

  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name]
    history[name] = function (...call) {
      original.apply(this, call)
      look()
    }
  }
  addEventListener("popstate", look)
  addEventListener("pageshow", (event) => event.persisted && onPage())
}
