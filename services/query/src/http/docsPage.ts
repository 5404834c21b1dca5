const DOCUMENTS = [
  { title: "Analytics", slug: "analytics", url: "/docs/openapi/analytics.json" },
  { title: "Ingest", slug: "ingest", url: "/docs/openapi/ingest.json" },
  { title: "Management", slug: "management", url: "/docs/openapi/management.json" },
]

/** Scalar without anything that would ask somebody else: no fonts, proxy, telemetry, assistant or hosted client. */
const configuration = {
  sources: DOCUMENTS.map((document) => ({ ...document, agent: { disabled: true } })),
  agent: { disabled: true },
  mcp: { disabled: true },
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: "never",
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")

/** The documentation as a page: one script, from this instance, that renders the specifications of this instance. */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Footfall API</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="api-reference" data-configuration="${escaped(JSON.stringify(configuration))}"></div>
<noscript>The specifications as JSON: ${DOCUMENTS.map(({ title, url }) => `<a href="${url}">${title}</a>`).join(", ")}.</noscript>
<script src="/docs/assets/reference.js"></script>
</body>
</html>
`

/**
 * What the page needs and nothing else. Scalar puts styles into the page as it renders, hence inline styles; scripts come from
 * here only, and the browser may talk to nobody but this instance (and, to try requests out, the servers named by `servers`).
 */
export const docsPolicy = (servers: ReadonlyArray<string>) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src ${["'self'", ...servers].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
