import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ask, parts } from "../support/raw.ts"

// The built dashboard as it is started in production. Nothing here needs query, whose address leads nowhere.
let child: ChildProcess
let port = 0

beforeAll(async () => {
  child = spawn(process.execPath, [fileURLToPath(new URL("../../server.ts", import.meta.url))], {
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      WEB_URL: "http://localhost:4321",
      QUERY_URL: "http://127.0.0.1:9",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  })
  for await (const line of createInterface({ input: child.stdout! })) {
    port = (JSON.parse(line) as { port: number }).port
    break
  }
  expect(port, "the dashboard did not start; is it built?").toBeGreaterThan(0)
}, 30_000)

afterAll(async () => {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, "exit")
})

const session = "Cookie: footfall_session_4321=abc"
const get = (path: string, ...headers: ReadonlyArray<string>) => ask(port, `GET ${path}`, "Host: localhost:4321", ...headers)

const expectProblem = (text: string, status: number) => {
  expect(parts(text).status, text).toBe(status)
  expect(parts(text).header("content-type")).toBe("application/problem+json")
  expect(text).toContain(`"status":${status}`)
}

test("every answer carries a policy and the security headers", async () => {
  const asset = /\/_app\/[^"]+\.(js|css)/.exec(await get("/login"))?.[0] ?? ""
  expect(asset).not.toBe("")
  for (const path of [
    "/login",
    asset,
    "/_app/nothing.js",
    "/favicon.svg",
    "/flags/DE.svg",
    "/flags/x",
    "/nowhere",
    "/%E0%A4%A",
    "/1/online",
    "/login/__data.json",
    "/?x-sveltekit-y",
    "/health/ready",
  ]) {
    const { header } = parts(await get(path))
    expect(header("content-security-policy"), path).toContain("default-src 'none'")
    expect(header("x-content-type-options"), path).toBe("nosniff")
    expect(header("x-frame-options"), path).toBe("DENY")
    expect(header("cross-origin-resource-policy"), path).toBe("same-origin")
    expect(header("referrer-policy"), path).toBeDefined()
  }
})

test("a page has the policy that lets its own script run", async () => {
  expect(parts(await get("/login")).header("content-security-policy")).toMatch(/script-src 'self' 'nonce-/)
})

test("addresses for programs answer problems, whatever is accepted", async () => {
  for (const accept of ["Accept: text/html", "Accept: application/json", "Accept: */*"]) {
    for (const name of ["online", "tracking", "breakdown"]) {
      expectProblem(await get(`/1/${name}`, accept), 401)
      expectProblem(await ask(port, `DELETE /1/${name}`, "Host: localhost", "Origin: http://localhost:4321", session, accept), 405)
    }
    expectProblem(await get("/1/breakdown?dimension=x", session, accept), 400)
    expectProblem(await get("/1/online", session, accept), 503)
  }
})

test("forms are accepted from WEB_URL's origin, not from the one that the Host header names", async () => {
  const post = (origin: ReadonlyArray<string>, host = "localhost:4321") =>
    ask(
      port,
      "POST /theme",
      `Host: ${host}`,
      ...origin,
      "Accept: text/html",
      "Content-Type: application/x-www-form-urlencoded",
      "Content-Length: 0",
    )
  expect(parts(await post(["Origin: http://localhost:4321"])).status).toBe(303)
  expect(parts(await post(["Origin: http://localhost:4321"], "127.0.0.1:8080")).status).toBe(303)
  expect(parts(await post(["Origin: http://127.0.0.1:8080"], "127.0.0.1:8080")).status).toBe(403)
  expect(parts(await post([])).status).toBe(403)
})

test("a session of another instance under the same host name is neither taken nor ended", async () => {
  const stranger = await get("/1/online", "Cookie: footfall_session_4322=abc")
  expectProblem(stranger, 401)
  const out = await ask(
    port,
    "POST /logout",
    "Host: localhost:4321",
    "Origin: http://localhost:4321",
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Length: 0",
    `${session}; footfall_session_4322=def`,
  )
  expect(parts(out).header("set-cookie")).toContain("footfall_session_4321=;")
  expect(out).not.toContain("footfall_session_4322")
})
