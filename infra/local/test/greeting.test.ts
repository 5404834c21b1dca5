import { expect, it } from "vitest"
import { greeting } from "../src/greeting.ts"
import { publicUrls } from "../src/public-urls.ts"

const urls = {
  webUrl: "http://localhost:3000",
  ingestUrl: "http://localhost:3001",
  queryUrl: "http://127.0.0.1:3002",
  workerUrl: "http://127.0.0.1:3003",
}
const stack = {
  clickhouseUrl: "http://default:secret@127.0.0.1:1/",
  databaseUrl: "postgres://footfall:secret@127.0.0.1:2/footfall",
  redisUrl: "redis://default:secret@127.0.0.1:3",
}
const said = (setupLink: string | undefined, env: NodeJS.ProcessEnv = {}) =>
  greeting({ stack, urls, reached: publicUrls(urls, env), folder: "/data", setupLink })

it("an instance without an owner is greeted with the link that makes one before any other address", () => {
  const link = "http://localhost:3000/setup#code=ABCDE"
  const lines = said(link)
  expect(lines.find((line) => line.includes("http"))?.trim()).toBe(link)
  expect(lines.join("\n")).toContain("npm run demo")
  expect(said(undefined)[1]).toBe("Footfall is ready: http://localhost:3000")
})

it("an instance behind a proxy is greeted with the addresses that others know it by, too", () => {
  const lines = said(undefined, { WEB_URL: "https://stats.example.com/", INGEST_URL: "https://www.example.com/stats" })
  expect(lines[1]).toBe("Footfall is ready: https://stats.example.com")
  expect(lines).toContain("  dashboard          http://localhost:3000      as https://stats.example.com")
  expect(lines.join("\n")).toContain("as https://www.example.com/stats\n")
})

it("no password is told", () => expect(said(undefined).join("\n")).not.toContain("secret"))
