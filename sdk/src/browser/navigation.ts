import { after } from "./after.ts"

/** The part of the Navigation API that is used here; not every browser has it. */
interface Navigation {
  addEventListener(type: "currententrychange", listener: (event: { navigationType: string | null }) => void): void
}

/**
 * Tells of every further page that this document becomes, by the history API, the Navigation API, or back and forward:
 * when the address changes, and for an entry that is replaced only when more than its query does, since a query that is
 * kept up to date is no new page. Also of a return from the back/forward cache. It tells one task later, when the page
 * has its new title, and once for redirects within a task.
 */
export const watchNavigation = (address: () => string, onPage: () => void) => {
  let last = address()
  let timer = 0
  // A router may use several of these at once: whichever comes first sees the change, the others see none.
  const look = (replaced?: boolean) => {
    const now = address()
    const ignored = replaced ? /\?[^#]*/g : ""
    if (now.replace(ignored, "") != last.replace(ignored, "")) {
      clearTimeout(timer)
      timer = setTimeout(onPage) as unknown as number
    }
    last = now
  }

  after(history, "pushState", () => look())
  after(history, "replaceState", () => look(true))
  addEventListener("popstate", () => look())
  addEventListener("pageshow", (event) => event.persisted && onPage())
  ;(window as { navigation?: Navigation }).navigation?.addEventListener("currententrychange", ({ navigationType }) =>
    look(navigationType == "replace"),
  )
}
