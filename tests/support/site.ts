import { createServer, type Server } from "node:http"

/** A website that somebody else runs, with our snippet in its pages. */
export interface Site {
  readonly origin: string
  readonly stop: () => Promise<void>
}

/** Serves the same page under every path; the page includes `head` and two links of a single-page app. */
export const startSite = (head: string): Promise<Site> =>
  new Promise((resolve) => {
    const server: Server = createServer((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8")
      response.end(`<!doctype html><html lang="en"><head><title>A shop</title>${head}</head><body>
        <button id="spa" onclick="history.pushState({}, '', '/cart'); document.title = 'Cart'">Cart</button>
        <button id="buy" onclick="footfall.track('purchase', { amount: 12.5 })">Buy</button></body></html>`)
    })
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve({
        origin: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
        stop: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
