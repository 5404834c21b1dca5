/** Who may import whom. One rule, one sentence; the sentence is what a developer reads when it fails. */
const workspace = "^(contracts|services|sdk|web|tests|infra)/"
const somePackage = "(contracts|services/[^/]+|sdk|web|tests|infra/local)"
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to })
const only = (name, comment, from, allowed) =>
  forbid(name, comment, { path: from, pathNot: "/test/" }, { path: workspace, pathNot: [from, ...allowed] })
const lower = (...names) => names.map((name) => (name === "contracts" ? "^contracts/" : `^services/${name}/`))

module.exports = {
  forbidden: [
    forbid("no-cycles", "A cycle means two things are one thing; merge or cut.", {}, { circular: true }),
    forbid(
      "resolvable",
      "An import that no manifest declares.",
      { pathNot: "^sdk/consumers/" },
      { couldNotResolve: true, pathNot: "^\\$(app|env|lib)/|^\\./\\$types" },
    ),
    forbid(
      "packages-by-name",
      "A package of ours is imported by its name: its manifest says what it gives (test code too), ours that we take it.",
      { path: `^${somePackage}/` },
      { path: `^${somePackage}/`, pathNot: "^$1/", dependencyTypes: ["local"], dependencyTypesNot: ["aliased"] },
    ),
    only("contracts-stand-alone", "contracts import no workspace package.", "^contracts/", []),
    only("sdk-stands-alone", "sdk ships to strangers: no workspace package at run time.", "^sdk/", []),
    only("platform-knows-drivers-not-events", "platform speaks to engines, not about events.", "^services/platform/", []),
    only("event-log-below-processes", "event-log may use contracts and platform.", "^services/event-log/", lower("contracts", "platform")),
    only("warehouse-below-processes", "warehouse may use contracts and platform.", "^services/warehouse/", lower("contracts", "platform")),
    only(
      "control-plane-below-processes",
      "control-plane may use contracts and platform.",
      "^services/control-plane/",
      lower("contracts", "platform"),
    ),
    only(
      "ingest-is-alone",
      "Processes meet on the log and in the stores, never by import.",
      "^services/ingest/",
      lower("contracts", "platform", "event-log", "control-plane"),
    ),
    only(
      "worker-is-alone",
      "Processes meet on the log and in the stores, never by import.",
      "^services/enrichment-worker/",
      lower("contracts", "platform", "event-log", "warehouse", "control-plane"),
    ),
    only("analytics-below-processes", "analytics may use contracts and platform.", "^services/analytics/", lower("contracts", "platform")),
    only(
      "access-below-processes",
      "access may use contracts, platform and control-plane.",
      "^services/access/",
      lower("contracts", "platform", "control-plane"),
    ),
    only(
      "query-is-alone",
      "Processes meet on the log and in the stores, never by import.",
      "^services/query/",
      lower("contracts", "platform", "control-plane", "analytics", "access"),
    ),
    only(
      "migrate-is-alone",
      "Migrating takes the stores as they shall be, and nothing that works on them.",
      "^services/migrate/",
      lower("platform", "warehouse", "control-plane"),
    ),
    only("web-through-sdk", "web talks to the server through the sdk only.", "^web/", ["^sdk/"]),
    only(
      "local-stack-knows-nobody",
      "The local stack runs programs and speaks HTTP; it imports none of them but the sdk, as any client may.",
      "^infra/",
      ["^sdk/"],
    ),
    forbid("tests-are-leaves", "Nothing imports tests.", { pathNot: "^tests/" }, { path: "^tests/" }),
    forbid(
      "nothing-needs-infra",
      "Services know URLs only; the local stack is for tests and for npm start.",
      { pathNot: "^(infra|tests)/|/test/|^vitest\\.config\\.ts$" },
      { path: "^infra/" },
    ),
    forbid("no-test-code-in-src", "src never imports a package's test folder.", { path: "/src/" }, { path: "/test/" }),
    forbid(
      "domain-is-pure",
      "domain knows no other layer and no platform (but for the spelling of addresses, which is arithmetic).",
      { path: "^services/[^/]+/src/domain/" },
      {
        path: "^services/[^/]+/src/(http|adapters|sql|pipeline)/|^services/platform/(?!src/ClientAddress)|/effect/(dist|src)/(http|http-api|persistence|sql)/",
      },
    ),
    forbid(
      "domain-names-no-driver",
      "Of packages domain takes Effect and what reads a user agent.",
      { path: "^services/[^/]+/src/domain/" },
      { path: "node_modules/", pathNot: "node_modules/(effect|isbot|ua-parser-js)/" },
    ),
    forbid(
      "domain-does-no-io",
      "Of Node domain takes hashing and the spelling of addresses.",
      { path: "^services/[^/]+/src/domain/" },
      { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|net|url)$" },
    ),
    forbid(
      "http-knows-domain-only",
      "Handlers reach drivers through domain.",
      { path: "^services/[^/]+/src/http/" },
      { path: "^services/[^/]+/src/(adapters|sql|pipeline)/" },
    ),
    forbid(
      "adapters-know-domain-only",
      "An adapter serves a port of domain; who asks, and in which order, it does not know.",
      { path: "^services/[^/]+/src/adapters/" },
      { path: "^services/[^/]+/src/(http|pipeline)/" },
    ),
    forbid(
      "pipeline-knows-domain-only",
      "A step reaches drivers through domain, and answers no request.",
      { path: "^services/[^/]+/src/pipeline/" },
      { path: "^services/[^/]+/src/(http|adapters|sql)/" },
    ),
    forbid(
      "sql-is-text",
      "A statement and the shape of its rows: who runs it is elsewhere.",
      { path: "^services/[^/]+/src/sql/|\\.sql\\.ts$" },
      { path: "^services/[^/]+/src/(http|adapters|pipeline|Warehouse)" },
    ),
    forbid(
      "nobody-imports-the-root",
      "main.ts and layers.ts are the top.",
      { pathNot: "/(main|layers)\\.ts$|/test/|^tests/" },
      { path: "^services/[^/]+/src/(main|layers)\\.ts$" },
    ),
    forbid(
      "nothing-needs-routes",
      "Routes compose; nothing else knows them.",
      { path: "^web/(src/lib|src/hooks|server)" },
      { path: "^web/src/routes/" },
    ),
    forbid(
      "routes-compose-features",
      "A route takes features and what lib shares; charts, the API and the server around it are the business of those.",
      { path: "^web/src/routes/" },
      { path: "^web/(src/lib/charts|server)/|^sdk/" },
    ),
    forbid(
      "server-below-features",
      "What features and routes share on the server knows neither.",
      { path: "^web/src/lib/server/" },
      { path: "^web/src/lib/(features|report|charts)/" },
    ),
    forbid(
      "report-below-features",
      "What pages with numbers have in common knows none of them.",
      { path: "^web/src/lib/report/" },
      { path: "^web/src/(lib/features|routes)/" },
    ),
    forbid(
      "charts-know-numbers-only",
      "charts, ui and format know no feature, no report and no server.",
      { path: "^web/src/lib/(charts|ui|format)/" },
      { path: "^web/src/(lib/(features|report|server)|routes)/|^sdk/" },
    ),
    forbid(
      "features-are-strangers",
      "One feature never imports another; routes compose them.",
      { path: "^web/src/lib/features/([^/]+)/" },
      { path: "^web/src/lib/features/", pathNot: "^web/src/lib/features/$1/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(sdk/dist|web/build|web/\\.svelte-kit)/" },
    tsPreCompilationDeps: true,
    builtInModules: { add: [] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".js", ".mjs", ".svelte"],
    },
  },
}
