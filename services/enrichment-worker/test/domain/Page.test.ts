import { describe, expect, it } from "vitest"
import { pageOf } from "../../src/domain/Page.ts"

describe("the address of an event", () => {
  it("is taken apart, without its fragment", () => {
    expect(pageOf("https://Example.COM:8443/a/b?x=1&y=2#z")).toMatchObject({ hostname: "example.com", path: "/a/b", query: "x=1&y=2" })
  })

  it("has a path that people can read, except where that would change its meaning", () => {
    expect(pageOf("https://e.com/größe/名前").path).toBe("/größe/名前")
    expect(pageOf("https://e.com/gr%C3%B6%C3%9Fe").path).toBe("/größe")
    expect(pageOf("https://e.com/a%5Cb%22c").path).toBe('/a\\b"c')
    expect(pageOf("https://e.com/a%2Fb%3Fc").path).toBe("/a%2Fb%3Fc")
    expect(pageOf("https://e.com/%ff%").path).toBe("/%ff%")
    expect(pageOf("https://e.com/a%00b").path).toBe("/a%00b")
  })

  it("gives its campaign parameters", () => {
    const page = pageOf("https://e.com/?utm_source=a&utm_medium=b%00&utm_campaign=c+d&utm_term=%C3%A9%09&utm_content=")
    expect(page.utm).toEqual({ source: "a", medium: "b", campaign: "c d", term: "é", content: "" })
  })

  it("says which click parameter it carried, and its value is nowhere", () => {
    const page = pageOf("https://e.com/?a=1&GCLID=very-personal&fbclid=also")
    expect(page.clickId).toBe("gclid")
    expect(page.query).toBe("a=1")
    expect(JSON.stringify(page)).not.toMatch(/personal|also/)
  })

  it("is empty when there is none or it does not parse", () => {
    for (const url of ["", "::", "/relative"]) expect(pageOf(url)).toMatchObject({ hostname: "", path: "", query: "", clickId: "" })
  })
})
