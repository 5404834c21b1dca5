/** What heads the page of a failure with this status. */
export const failureTitle = (status: number): string =>
  status === 404 ? "Page not found" : status === 503 ? "Not reachable right now" : "Something went wrong"
