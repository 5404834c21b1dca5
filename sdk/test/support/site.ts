import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** A page of the site: its HTML, now or when the test has it ready, and headers beside the content type. */
export interface SitePage {
  readonly html: string | Promise<string>
  readonly headers?: Record<string, string>
}

/** A small web site on a free port, whose pages are what the test says by path; every other path is a plain page. */
export const openSite = async (pages: Record<string, SitePage>) => {
  const visits: string[] = []
  const server = createServer(async (request, response) => {
    visits.push(request.url!)
    const page = pages[request.url!.split("?")[0]!]
    const html = (await page?.html) ?? "<title>Plain</title><h1>Plain</h1>"
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page?.headers }).end("<!doctype html>" + html)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    /** Path and query of every request, as it came. */
    visits,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
