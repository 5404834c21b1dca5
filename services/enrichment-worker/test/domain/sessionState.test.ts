import { Attributes } from "@footfall/warehouse/Attributes"
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import type { Session } from "../../src/domain/Session.ts"
import { decodeState, encodeState } from "../../src/domain/sessionState.ts"

const START = Date.parse("2026-11-02T10:00:00Z")
const attributes = new Attributes(["/", "https://a.example/", "a.example", "Referral"])

const session: Session = {
  projectId: "1",
  sessionId: "18446744073709551615",
  visitorId: "7",
  personId: "7",
  startedAt: START,
  endedAt: START + 5_000,
  pageviews: 1,
  events: 1,
  exitPath: '/"ü\\\u{1f600}',
  hostname: "example.com",
  attributes,
  pages: ["/", "/a"],
  names: ["signup", ""],
  version: 4_294_967_295,
  firstId: "01994ad2-0000-7000-8000-00000000abcd",
  attributionOf: "borrowed",
  firstView: { at: START + 5_000, id: "01994ad2-0000-7000-8000-00000000abce", attributes },
  exit: { at: START + 5_000, id: "01994ad2-0000-7000-8000-00000000abce" },
  nextVisitorId: "8",
  touchedAt: START + 6_000,
}

describe("the state of a visitor", () => {
  it("comes back as it was kept", () => {
    const withoutViews: Session = {
      ...session,
      exit: { at: 0, id: "" },
      exitPath: "",
      firstView: undefined,
      attributionOf: "own",
      nextVisitorId: "",
    }
    for (const state of [
      { sessions: [], continues: "" },
      { sessions: [session, withoutViews], continues: "6" },
    ])
      expect(Result.getOrThrow(decodeState(encodeState(state)))).toEqual(state)
  })

  it("of the layout before is read; what it does not say is unknown", () => {
    // A state as release 0.1 wrote it.
    const kept =
      `[2,[["1","2","3","3"],[${START},5000,2,0,2,5000,${START + 6_000}],"/out","example.com",` +
      `["/in","","","Direct","","","","","","","DE","","Berlin","Chrome","140","Windows","10","desktop","de"],["/in","/out"],["",""]]]`
    const state = Result.getOrThrow(decodeState(kept))
    expect(state).toMatchObject({
      continues: "",
      sessions: [
        {
          sessionId: "2",
          startedAt: START,
          endedAt: START + 5_000,
          pageviews: 2,
          version: 2,
          exit: { at: START + 5_000 },
          firstId: "",
          attributionOf: "view",
        },
      ],
    })
  })

  it("that is damaged, of another shape or of a later release says so instead of throwing", () => {
    const kept = encodeState({ sessions: [session], continues: "" })
    const damaged = [
      "",
      "{",
      "[",
      "[1]",
      "{}",
      "null",
      "7",
      "[3]",
      "[3,0]",
      `[4,""]`,
      kept.slice(0, -1),
      kept.replace('"18446744073709551615"', "7"),
      kept.replace("[3,", "[2,"),
    ]
    for (const text of damaged) expect([text, Result.isFailure(decodeState(text))]).toEqual([text, true])
  })
})
