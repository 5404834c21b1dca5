import { execFile } from "node:child_process"
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { build } from "esbuild"
import { publint } from "publint"
import { afterAll, beforeAll, describe, expect, test } from "vitest"

const sdk = fileURLToPath(new URL("..", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "footfall-sdk-"))
const tools = join(sdk, "../.footfall/tools/node_modules/.bin")

const run = async (cwd: string, command: string, args: string[], env: Record<string, string> = {}) => {
  const PATH = [dirname(process.execPath), tools, process.env["PATH"]].join(delimiter)
  const { stdout } = await promisify(execFile)(command, args, { cwd, env: { ...process.env, ...env, PATH } }).catch((error) => {
    throw new Error(`${command} ${args.join(" ")} failed\n${error.stdout}\n${error.stderr}`)
  })
  return stdout
}
const node = (cwd: string, args: string[], env?: Record<string, string>) => run(cwd, process.execPath, args, env)
const compile = (cwd: string) => node(cwd, [join(sdk, "node_modules/typescript/bin/tsc"), "-p", "."])

/**
 * Copies a consumer beside the packed SDK and installs it there, as a stranger would, but for the one dependency: that is the copy which
 * the workspace has installed already, so that no registry is asked.
 */
const install = async (name: string) => {
  const project = join(folder, name)
  cpSync(join(sdk, "consumers", name), project, { recursive: true })
  const dependency = join(sdk, "node_modules/openapi-fetch")
  writeFileSync(join(project, "pnpm-workspace.yaml"), JSON.stringify({ overrides: { "openapi-fetch": `link:${dependency}` } }))
  const nothing = join(folder, "cache")
  await run(project, "pnpm", ["install", "--offline", "--no-lockfile", `--config.cache-dir=${nothing}`, `--config.store-dir=${nothing}`])
  return project
}

/** The same by npm, which takes the dependency from a folder. */
const installByNpm = async (name: string) => {
  const project = join(folder, `${name}-npm`)
  cpSync(join(sdk, "consumers", name), project, { recursive: true })
  const dependency = realpathSync(join(sdk, "node_modules/openapi-fetch"))
  await run(project, "npm", [
    "install",
    "--offline",
    "--no-audit",
    "--no-fund",
    `--cache=${join(folder, "cache")}`,
    "../footfall-sdk.tgz",
    dependency,
  ])
  return project
}

const pack = (by: string, at: string, ...more: string[]) => {
  const own = by === "npm" ? [`--cache=${join(folder, "cache")}`] : []
  return run(at, by, ["pack", "--pack-destination", folder, ...own, ...more])
}

beforeAll(async () => {
  await node(sdk, ["scripts/build.ts"])
  await pack("npm", sdk, "./dist")
  renameSync(join(folder, "footfall-sdk-0.1.0.tgz"), join(folder, "footfall-sdk.tgz"))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("packing", () => {
  test("refuses the folder of the sources, whatever packs or publishes it, and says what to do", async () => {
    const cache = `--cache=${join(folder, "cache")}`
    for (const [by, ...args] of [
      ["npm", "pack", cache],
      ["npm", "publish", "--dry-run", cache],
      ["pnpm", "pack"],
      ["pnpm", "publish", "--dry-run", "--no-git-checks"],
    ] as const) {
      const said = await run(sdk, by, [...args]).then(
        () => "it was made",
        (error: Error) => error.message,
      )
      expect(said, `${by} ${args[0]}`).toMatch(/npm pack \.\/sdk\/dist|marked as private|EPRIVATE|private/)
    }
    expect(readdirSync(sdk).filter((name) => name.endsWith(".tgz"))).toEqual([])
  }, 120_000)

  test("makes the same package by npm and by pnpm", async () => {
    await pack("pnpm", join(sdk, "dist"))
    const other = join(folder, "footfall-sdk-0.1.0.tgz")
    const list = async (file: string) => (await run(folder, "tar", ["tzf", file])).trim().split("\n").toSorted()
    expect(await list(other)).toEqual(await list("footfall-sdk.tgz"))
    const manifest = async (file: string) => JSON.parse(await run(folder, "tar", ["xzOf", file, "package/package.json"]))
    expect(await manifest(other)).toMatchObject({ exports: (await manifest("footfall-sdk.tgz")).exports })
  }, 60_000)

  test("has nothing that publint finds fault with, and types that resolve in every way but that of CommonJS", async () => {
    const tarball = readFileSync(join(folder, "footfall-sdk.tgz"))
    const { messages } = await publint({
      pack: { tarball: tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) },
    })
    expect(messages).toEqual([])
    const checked = await checkPackage(createPackageFromTarballData(tarball), {
      // For a script tag, not for an import.
      excludeEntrypoints: ["./script.js"],
    })
    const problems = checked.types === false ? ["no types"] : checked.problems
    // It is for ES modules, in the browser and in Node; who requires it gets them from Node 22 on.
    expect(problems.filter((problem) => typeof problem === "string" || problem.kind !== "CJSResolvesToESM")).toEqual([])
  }, 120_000)
})

describe("the packed SDK", () => {
  test("holds what is built, its licence and its readme, and no source", async () => {
    const files = (await run(folder, "tar", ["tzf", "footfall-sdk.tgz"])).trim().split("\n").toSorted()
    expect(files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "package.json", "script.js", "index.js", "api.js"].map((name) => "package/" + name)),
    )
    expect(
      files.filter((name) => !/^package\/(LICENSE|README\.md|package\.json|(script|index|api)\.js|types\/.*\.d\.ts)$/.test(name)),
    ).toEqual([])
  })

  test("is licensed MIT and depends on openapi-fetch alone", async () => {
    await run(folder, "tar", ["xzf", "footfall-sdk.tgz"])
    const manifest = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"))
    expect(manifest).toMatchObject({
      name: "@footfall/sdk",
      license: "MIT",
      dependencies: { "openapi-fetch": expect.stringMatching(/^\d/) },
    })
    expect(Object.keys(manifest.dependencies)).toHaveLength(1)
  })

  test("compiles and bundles in a browser project, which gets the tracker and nothing else", async () => {
    const project = await install("vanilla")
    await compile(project)
    const { outputFiles, metafile } = await build({
      absWorkingDir: project,
      entryPoints: ["main.ts"],
      bundle: true,
      format: "esm",
      target: "es2020",
      metafile: true,
      minify: true,
      write: false,
    })
    expect(Object.keys(metafile.inputs).filter((path) => !path.endsWith("@footfall/sdk/index.js"))).toEqual(["main.ts"])
    expect(outputFiles[0]!.contents.length).toBeLessThan(6000)
  }, 120_000)

  test.each([
    ["pnpm", install],
    ["npm", installByNpm],
  ] as const)(
    "compiles and runs in a Node project that %s installs",
    async (_, installed) => {
      const project = await installed("node")
      await compile(project)
      const asked: string[] = []
      const server = createServer((request, response) => {
        asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
        const [status, body] =
          request.method === "POST"
            ? [202, { accepted: 1, refused: 0, refusals: [] }]
            : [403, { type: "about:blank", title: "Forbidden", status: 403, detail: "The key has no stats:read." }]
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
      })
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        const output = await node(project, ["main.js"], { FOOTFALL_URL: url, FOOTFALL_TOKEN: "ffs_secret" })
        expect(output.trim().split("\n")).toEqual(["accepted 1", "problem 403 The key has no stats:read.", "dimensions country planet"])
        expect(asked).toEqual([
          "POST /v1/events Bearer ffs_secret",
          "GET /v1/projects/728291047/timeseries?from=2026-11-01&to=2026-11-02&filter=country%3Ais%3ADE&filter=page%3Ais_not%3A%2F Bearer ffs_secret",
        ])
      } finally {
        server.closeAllConnections()
        server.close()
      }
    },
    120_000,
  )
})
