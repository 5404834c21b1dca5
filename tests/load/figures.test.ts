import { expect, test } from "vitest"
import { commandLine, cpuSeconds, memoryMib, processTree } from "./process-usage.ts"
import { median, quantile, tableLines } from "./report.ts"

test("the median is the middle, quantiles lie between their neighbours, and none of nothing is a number", () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([1, 2, 3, 10])).toBe(2.5)
  expect(quantile([10, 0], 0.99)).toBeCloseTo(9.9)
  expect(quantile([7], 0.99)).toBe(7)
  expect(median([])).toBeNaN()
})

test("a table aligns numbers to the right and rounds them to what can be read", () => {
  const lines = tableLines({
    title: "t",
    columns: ["what", "n"],
    rows: [
      ["a", 1234.5678],
      ["bb", 0.5],
    ],
  })
  expect(lines).toEqual(["", "t", "what      n", "----  -----", "a     1,235", "bb     0.50"])
})

test("the CPU time of a process grows by what it works, and its tree begins with itself", () => {
  const before = cpuSeconds(process.pid)
  const own = process.cpuUsage()
  for (const until = Date.now() + 200; Date.now() < until;);
  const used = process.cpuUsage(own)
  expect(Math.abs(cpuSeconds(process.pid) - before - (used.user + used.system) / 1e6)).toBeLessThan(0.2)
  expect(processTree(process.pid)[0]).toBe(process.pid)
  expect(processTree(process.ppid)).toContain(process.pid)
  expect(commandLine(process.pid)).toContain("node")
  const { resident, proportional } = memoryMib(process.pid)
  expect(proportional).toBeGreaterThan(0)
  expect(proportional).toBeLessThanOrEqual(resident + 1)
})
