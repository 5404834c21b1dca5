import type { Project } from "@footfall/sdk/api"

export interface Snippet {
  readonly id: "script" | "npm" | "curl"
  readonly label: string
  readonly advice: string
  readonly code: string
}

/** One event from a shell, to see whether the way to the server is open. `host` is the origin of ingest. */
export const curlLine = (project: Pick<Project, "writeKey" | "domain">, host: string): string => {
  const body = JSON.stringify({ events: [{ kind: "pageview", url: `https://${project.domain ?? "example.com"}/hello` }] })
  return [
    `curl -X POST ${host}/v1/events`,
    `-H "Authorization: Bearer ${project.writeKey}"`,
    `-H "Content-Type: application/json"`,
    `-A "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"`,
    `-d '${body}'`,
  ].join(" \\\n  ")
}

/** The ways to send a first event. */
export const snippets = (project: Pick<Project, "writeKey" | "domain">, host: string): readonly [Snippet, ...ReadonlyArray<Snippet>] => [
  {
    id: "script",
    label: "Script tag",
    advice: "Put this into the <head> of every page. Page views count by themselves, also in single-page apps.",
    code: `<script defer src="${host}/script.js" data-key="${project.writeKey}"></script>`,
  },
  {
    id: "npm",
    label: "npm",
    advice: "For apps with a bundler: install @footfall/sdk and start it once, in the browser.",
    code: [
      `// npm install @footfall/sdk`,
      `import { init, track } from "@footfall/sdk"`,
      ``,
      `init({ key: "${project.writeKey}", host: "${host}" })`,
      `track("signup", { plan: "pro" }) // whatever else you want to count`,
    ].join("\n"),
  },
  {
    id: "curl",
    label: "curl",
    advice:
      "One page view from a shell, to see that everything works. Agents that call themselves curl count as bots, hence the browser's name.",
    code: curlLine(project, host),
  },
]
