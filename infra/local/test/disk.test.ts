import { expect, it } from "vitest"
import { fullDisk, isFull, sentenceOf } from "../src/disk.ts"

const failure = (code: string) => Object.assign(new Error(`${code}: no, open '/data/stack.lock'`), { code })

it("a disk without a megabyte left is full; one that does not count its blocks is not", () => {
  expect(isFull({ blocks: 1000, bavail: 0, bsize: 4096 })).toBe(true)
  expect(isFull({ blocks: 1000, bavail: 255, bsize: 4096 })).toBe(true)
  expect(isFull({ blocks: 1000, bavail: 256, bsize: 4096 })).toBe(false)
  expect(isFull({ blocks: 0, bavail: 0, bsize: 4096 })).toBe(false)
  expect(fullDisk("/proc")).toBeUndefined()
  expect(fullDisk("/nowhere/at/all")).toBeUndefined()
})

it.each(["EROFS", "EACCES", "ENOSPC", "EDQUOT"])("%s is told with the folder and what to do", (code) => {
  expect(sentenceOf(failure(code), "/proc")).toBe(
    `${code}: no, open '/data/stack.lock'\nFootfall cannot write to /proc. Make it writable, or name another folder in FOOTFALL_DATA.`,
  )
})

it("other failures are told as they are", () => {
  expect(sentenceOf(new Error("no luck"), "/proc")).toBe("no luck")
  expect(sentenceOf("no luck", "/proc")).toBe("no luck")
})
