import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { FROM, historyOf, historyToWire, sessionsOfHistories, shuffledTwice, TO, type HistoryEvent } from "../support/histories.ts"
import { attributesOf, breakdown, metrics, type NaiveSession } from "../support/naive.ts"
import { World, type TestProject } from "../support/world.ts"

/** How many histories: some hundred in each run; `HISTORIES=10000 npm test -- --only=pipeline histories` for all. */
const HISTORIES = Number(process.env["HISTORIES"] ?? 300)
const HOUR = 3_600_000

interface StoredRow {
  readonly id: string
  readonly session: string
  readonly person: string
  readonly entry_page: string
  readonly source: string
  readonly country: string
  readonly browser: string
  readonly os: string
}

/** What each event is said to belong to, in words that do not depend on ids: the session by its first event, the person by their first. */
const memberships = (rows: ReadonlyArray<StoredRow>, order: ReadonlyMap<string, number>) => {
  const sorted = rows.toSorted((a, b) => order.get(a.id)! - order.get(b.id)!)
  const sessions = new Map<string, string>()
  const persons = new Map<string, string>()
  return sorted.map(({ session, person, ...row }) => {
    if (!sessions.has(session)) sessions.set(session, row.id)
    if (!persons.has(person)) persons.set(person, row.id)
    return { ...row, session: sessions.get(session), person: persons.get(person) }
  })
}

describe(`numbers do not depend on the order of arrival: ${HISTORIES} histories`, () => {
  let world: World
  const projects: Record<"inOrder" | "shuffled", TestProject> = {} as never
  const histories = Array.from({ length: HISTORIES }, (_, seed) => historyOf(seed))
  const events: ReadonlyArray<HistoryEvent> = histories.flat().sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const order = new Map(events.map(({ id }, place) => [id, place]))
  const sessions: ReadonlyArray<NaiveSession> = sessionsOfHistories(histories)

  const send = async (list: ReadonlyArray<HistoryEvent>, size: () => number, key: string, meanwhile: (sent: number) => Promise<void>) => {
    for (let sent = 0; sent < list.length;) {
      const batch = list.slice(sent, sent + size())
      expect(await (await world.send(batch.map(historyToWire), key)).json()).toMatchObject({ refused: 0 })
      sent += batch.length
      await meanwhile(sent)
    }
    await world.settled(600_000)
  }

  beforeAll(async () => {
    world = await World.start()
    projects.inOrder = await world.project("Europe/Berlin")
    projects.shuffled = await world.project("Europe/Berlin")
    await send(
      events,
      () => 250,
      projects.inOrder.secretKey,
      async () => {},
    )
    const jumbled = shuffledTwice(events, HISTORIES)
    let killed = 0
    await send(
      jumbled,
      () => 1 + ((killed * 37 + jumbled.length) % 120),
      projects.shuffled.secretKey,
      async (sent) => {
        // Three times on the way another worker has to go on.
        if (sent < ((killed + 1) * jumbled.length) / 4 || killed === 3) return
        killed++
        await world.workers.at(-1)!.stop("SIGKILL")
        await world.addWorker()
      },
    )
  }, 1_800_000)

  afterAll(() => world?.stop())

  const storedRows = (project: TestProject) =>
    world.rows<StoredRow>(
      `SELECT toString(event_id) AS id, toString(session_id) AS session, toString(person_id) AS person, entry_path AS entry_page,
        source, country, browser, os FROM events WHERE project_id = {project:UInt64}`,
      { project: project.id },
    )

  const expectedRows = () =>
    sessions.flatMap((session) => {
      const { entry_page, source, country, browser, os } = attributesOf(session)
      return session.events.map(({ id }) => ({
        id,
        session: session.events[0]!.id,
        person: session.visitor,
        entry_page,
        source,
        country,
        browser,
        os,
      }))
    })

  for (const run of ["inOrder", "shuffled"] as const)
    it(`every event is in the visit that the rule puts it in, with its attributes, once (${run})`, async () => {
      const rows = await storedRows(projects[run])
      expect(rows.length).toBe(events.length)
      const [found, expected] = [memberships(rows, order), memberships(expectedRows(), order)]
      const wrong = found.filter(
        (row, place) => JSON.stringify(row, Object.keys(row).sort()) !== JSON.stringify(expected[place], Object.keys(row).sort()),
      )
      expect(wrong.slice(0, 5).map((row) => [row, expected.find(({ id }) => id === row.id)])).toEqual([])
      expect(wrong).toHaveLength(0)
    })

  it("the rows of visits are the same, all but the ids that the project is part of", async () => {
    const rows = (project: TestProject) =>
      world.rows<Record<string, unknown>>(
        `SELECT * EXCEPT (project_id, session_id, visitor_id, person_id, sign, version), sum(sign) AS current FROM sessions
         WHERE project_id = {project:UInt64} GROUP BY ALL HAVING current != 0 ORDER BY ALL`,
        { project: project.id },
      )
    const [inOrder, shuffled] = [await rows(projects.inOrder), await rows(projects.shuffled)]
    expect(shuffled).toEqual(inOrder)
    expect(inOrder.reduce((sum, { current }) => sum + Number(current), 0)).toBe(sessions.length)
  })

  const asked = async (project: TestProject, query: Record<string, unknown>) => {
    const answer = await world.analytics.GET("/v1/projects/{projectId}/timeseries", {
      params: { path: { projectId: project.id }, query: { from: "2026-10-22", to: "2026-10-31", ...query } },
    })
    expect(answer.error).toBeUndefined()
    const { buckets, totals } = answer.data!
    return { buckets, totals }
  }

  it("every answer is that of the tidy run and of the naive computation", async () => {
    const [from, to] = [FROM - 2 * HOUR, TO + 23 * HOUR]
    for (const query of [
      { interval: "day" },
      { interval: "hour" },
      { interval: "day", filter: ["source:is:Google"] },
      { interval: "day", filter: ["page:is:/pricing"] },
    ]) {
      const [inOrder, shuffled] = [await asked(projects.inOrder, query), await asked(projects.shuffled, query)]
      expect(shuffled).toEqual(inOrder)
    }
    const { totals } = await asked(projects.shuffled, { interval: "day" })
    const naive = metrics(sessions, from, to)
    expect(totals).toEqual({
      ...naive,
      bounceRate: expect.closeTo(naive.bounceRate!, 9),
      visitDuration: expect.closeTo(naive.visitDuration!, 6),
    })
    for (const dimension of ["source", "entry_page", "country", "browser", "page"] as const) {
      const rowsOf = async (project: TestProject) => {
        const answer = await world.analytics.GET("/v1/projects/{projectId}/breakdown", {
          params: { path: { projectId: project.id }, query: { dimension, from: "2026-10-22", to: "2026-10-31", limit: 1000 } },
        })
        return Object.fromEntries(
          answer.data!.rows.map(({ value, visitors, visits, pageviews, events: custom }) => [
            value,
            { visitors, visits, pageviews, events: custom },
          ]),
        )
      }
      const expected = breakdown(sessions, from, to, (event, of) => (dimension === "page" ? event.page : of[dimension]))
      expect(await rowsOf(projects.inOrder)).toEqual(Object.fromEntries(expected))
      expect(await rowsOf(projects.shuffled)).toEqual(Object.fromEntries(expected))
    }
  })
})
