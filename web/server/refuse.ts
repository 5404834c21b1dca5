import { STATUS_CODES, type ServerResponse } from "node:http"

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

/** Answers with a plain page that says what is wrong. */
export const refuse = (response: ServerResponse, status: number, sentence: string): void => {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${STATUS_CODES[status]} · Footfall</title>
<h1>${STATUS_CODES[status]}</h1>
<p>${escaped(sentence)}</p>
`
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(page)
}
