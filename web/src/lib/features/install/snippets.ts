import type { Project } from "@footfall/sdk/api"

/** One way to send events. */
export interface Snippet {
  readonly id: "script" | "react" | "vue" | "wordpress" | "gtm" | "npm" | "curl"
  readonly label: string
  /** Where the code goes. */
  readonly advice: string
  readonly code: string
}

type Keyed = Pick<Project, "writeKey" | "domain">

/** One event from a shell, to see whether the way to the server is open. `host` is the origin of ingest. */
export const curlLine = (project: Keyed, host: string): string => {
  const body = JSON.stringify({ events: [{ kind: "pageview", url: `https://${project.domain ?? "example.com"}/hello` }] })
  return [
    `curl -X POST ${host}/v1/events`,
    `-H "Authorization: Bearer ${project.writeKey}"`,
    `-H "Content-Type: application/json"`,
    `-A "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"`,
    `-d '${body}'`,
  ].join(" \\\n  ")
}

const tag = ({ writeKey }: Keyed, host: string) => `<script defer src="${host}/script.js" data-key="${writeKey}"></script>`

const next = ({ writeKey }: Keyed, host: string) => `// Next.js: app/layout.tsx
import Script from "next/script"

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Script src="${host}/script.js" data-key="${writeKey}" />
      </body>
    </html>
  )
}`

const nuxt = ({ writeKey }: Keyed, host: string) => `// Nuxt: nuxt.config.ts
export default defineNuxtConfig({
  app: {
    head: {
      script: [{ src: "${host}/script.js", defer: true, "data-key": "${writeKey}" }],
    },
  },
})`

const wordpress = (project: Keyed, host: string) => `add_action('wp_head', function () {
  echo '${tag(project, host)}';
});`

// A custom HTML tag loses data attributes; a script that is made by a script keeps them.
const tagManager = ({ writeKey }: Keyed, host: string) => `<script>
  var script = document.createElement("script")
  script.src = "${host}/script.js"
  script.setAttribute("data-key", "${writeKey}")
  document.head.appendChild(script)
</script>`

const npm = ({ writeKey }: Keyed, host: string) => `# 1. In the folder of Footfall, once it has run:
npm pack ./sdk/dist

# 2. In your app:
npm install /path/to/footfall/footfall-sdk-0.1.0.tgz

// 3. In code that runs in the browser:
import { init, track } from "@footfall/sdk"

init({ key: "${writeKey}", host: "${host}" })
track("signup", { plan: "pro" }) // whatever else you want to count`

/** The ways to send a first event. */
export const snippets = (project: Keyed, host: string): readonly [Snippet, ...ReadonlyArray<Snippet>] => [
  {
    id: "script",
    label: "HTML",
    advice: "Put this into the <head> of every page. Page views are counted automatically, also in single-page apps.",
    code: tag(project, host),
  },
  {
    id: "react",
    label: "React, Next.js",
    advice: "React without Next.js: put the snippet of the HTML tab into index.html. Changes of the route are counted automatically.",
    code: next(project, host),
  },
  {
    id: "vue",
    label: "Vue, Nuxt",
    advice: "Vue without Nuxt: put the snippet of the HTML tab into index.html. Changes of the route are counted automatically.",
    code: nuxt(project, host),
  },
  {
    id: "wordpress",
    label: "WordPress",
    advice:
      "Add this to functions.php of your child theme; or put the snippet of the HTML tab into a plugin that adds code to the header. Then empty the cache of your site.",
    code: wordpress(project, host),
  },
  {
    id: "gtm",
    label: "Tag Manager",
    advice: "In Google Tag Manager: a new tag of the type Custom HTML with this code, triggered on All Pages. Then publish the container.",
    code: tagManager(project, host),
  },
  {
    id: "npm",
    label: "npm",
    advice: "For apps with a bundler. The package comes out of your own copy of Footfall; it is not in the npm registry.",
    code: npm(project, host),
  },
  {
    id: "curl",
    label: "curl",
    advice:
      "One page view from a shell, to see that everything works. curl would count as a bot, so the command sends a browser's user agent.",
    code: curlLine(project, host),
  },
]
