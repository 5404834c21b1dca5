import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { World, type TestProject } from "../support/world.ts"

const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"
const brave = `"Brave";v="143", "Chromium";v="143", "Not A(Brand";v="24"`
const view = { kind: "pageview", url: "https://shop.example.com/" }

/** A row of ClickHouse; a visit's columns are the same on all of its events. */
interface Row {
  readonly visitor_id: string
  readonly browser: string
  readonly os: string
  readonly os_version: string
  readonly device: string
  readonly country: string
}

describe("who visits is told from what their browser, their page and their server say", () => {
  let world: World
  let project: TestProject

  beforeAll(async () => {
    world = await World.start({ env: { TRUSTED_PROXIES: "127.0.0.0/8, ::1, 10.0.0.0/8" } })
  }, 90_000)

  afterAll(() => world?.stop())

  const stored = async (table: "events" | "bot_events") => {
    await world.settled()
    const columns = "visitor_id, browser, os, os_version, device, country"
    return world.rows<Row>(
      `SELECT ${columns} ${table === "events" ? "" : ", bot_signal"} FROM ${table} WHERE project_id = {project:UInt64} ORDER BY received_at, event_id`,
      { project: project.id },
    )
  }

  /** Sends a page view of somebody with a browser, as their tracker does. */
  const visit = async (userAgent: string, headers: Readonly<Record<string, string>> = {}, client?: unknown) => {
    const answer = await fetch(`${world.ingest.url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "text/plain", "user-agent": userAgent, ...headers },
      body: JSON.stringify({ key: project.writeKey, client, events: [view] }),
    })
    expect(answer.status).toBe(202)
  }

  it("a browser that hides in its user agent is named by its hints, an iPad that calls itself a Mac is one by its screen", async () => {
    project = await world.project()
    await visit(windows, { "sec-ch-ua": brave, "sec-ch-ua-platform": `"Windows"`, "sec-ch-ua-platform-version": `"15.0.0"` })
    await world.settled()
    await visit(mac, {}, { touchPoints: 5 })
    const rows = await stored("events")
    expect(rows).toMatchObject([
      { browser: "Brave", os: "Windows", os_version: "11", device: "desktop" },
      { browser: "Safari", os: "iPadOS", os_version: "18.5", device: "tablet" },
    ])
  })

  it("hints and touch points make nobody another visitor, nor do the addresses that a browser takes within its network", async () => {
    project = await world.project()
    const from = (address: string) => ({ "x-forwarded-for": `"${address}",, unknown, 10.0.0.2` })
    await visit(windows, from("2a02:8106:1:2::1"))
    await visit(windows, { ...from("[2a02:8106:1:2:a1b2:c3d4:e5f6:1]:4711"), "sec-ch-ua": brave })
    await visit(windows, from("2a02:8106:1:2:ffff::3"), { touchPoints: 10 })
    await visit(windows, from("2a02:8106:1:3::1"))
    const rows = await stored("events")
    expect(rows.map(({ country }) => country)).toEqual(["DE", "DE", "DE", "DE"])
    expect(rows.filter(({ visitor_id }) => visitor_id === rows[0]?.visitor_id)).toHaveLength(3)
  })

  it("a driven browser and one without a window are bots, an app is none, on whatever system", async () => {
    project = await world.project()
    await visit(windows, {}, { automated: true })
    await visit(windows, { "sec-ch-ua": `"HeadlessChrome";v="143", "Chromium";v="143"` })
    await visit(`${windows} ||| ReqID: 7 | Initiator: https://shop.example.com/`)
    for (const library of ["okhttp/4.12.0", "Shop/12 CFNetwork/1490.0.4 Darwin/23.2.0", "Dart/3.5 (dart:io)"]) await visit(library)
    expect(await stored("events")).toHaveLength(4)
    const signals = (await stored("bot_events")).map((row) => (row as Row & { readonly bot_signal: string }).bot_signal)
    expect(signals.toSorted()).toEqual(["client hints: headlesschrome", "navigator.webdriver"])
  })

  it("a server hands on what it knows: hints, touch points, and an address that IPv6 only carries", async () => {
    project = await world.project()
    const contexts = [
      { userAgent: windows, clientHints: { brands: brave, platform: `"Windows"`, platformVersion: `"15.0.0"` }, ip: "64:ff9b::808:808" },
      { userAgent: mac, client: { touchPoints: 5 }, ip: "64:ff9b::808:808" },
    ]
    await world.send(
      contexts.map((context, n) => ({ ...view, id: `01994ad2-0000-7000-8000-00000000000${n}`, context })),
      project.secretKey,
    )
    expect(await stored("events")).toMatchObject([
      { browser: "Brave", os: "Windows", os_version: "11", device: "desktop", country: "US" },
      { browser: "Safari", os: "iPadOS", os_version: "18.5", device: "tablet", country: "US" },
    ])
  })

  it("of the query of an address is stored what the project asks for, from the first event on", async () => {
    const { data } = await world.management.POST("/v1/projects", { body: { name: "Kept", timeZone: "UTC", keptParameters: ["Plan"] } })
    const id = data?.id ?? ""
    const send = async (query: string) => {
      const event = { ...view, url: `https://shop.example.com/?${query}` }
      const answer = await world.send([event], data?.writeKey ?? "", { "user-agent": windows })
      expect(answer.status).toBe(202)
    }
    await send("plan=pro&token=abc&utm_source=x")
    await world.settled()
    const queries = () =>
      world.rows<{ query: string }>("SELECT query FROM events WHERE project_id = {id:UInt64} ORDER BY received_at", { id })
    expect(await queries()).toEqual([{ query: "plan=pro&utm_source=x" }])
    const changed = await world.management.PATCH("/v1/projects/{projectId}", {
      params: { path: { projectId: id } },
      body: { keptParameters: ["size"] },
    })
    expect(changed.data?.keptParameters).toEqual(["size"])
    await expect
      .poll(async () => {
        await send("plan=pro&size=9&token=abc")
        await world.settled()
        return (await queries()).at(-1)
      })
      .toEqual({ query: "size=9" })
  })
})
