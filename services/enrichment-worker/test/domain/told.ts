import { deviceOf } from "../../src/domain/Device.ts"
import type { LoggedClient } from "@footfall/event-log/LoggedBatch"

/** What {@link deviceOf} finds, in one line: `browser version | system version | device`. */
export const told = (userAgent: string, client?: LoggedClient): string => {
  const { browser, browserVersion, os, osVersion, device } = deviceOf(userAgent, client)
  return [`${browser} ${browserVersion}`.trim(), `${os} ${osVersion}`.trim(), device].join(" | ")
}

/** The engines' own parts of user agents, of which there are few. */
export const chromium = "AppleWebKit/537.36 (KHTML, like Gecko)"
export const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
export const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
export const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
export const linux = "Mozilla/5.0 (X11; Linux x86_64)"
export const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
export const ipad = "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X)"
export const android = (model: string, version = 14) => `Mozilla/5.0 (Linux; Android ${version}; ${model})`
/** A web view on an Android phone. */
export const webView = `${android("SM-S918B; wv")} ${chromium} Version/4.0 Chrome/131.0.6778.200 Mobile Safari/537.36`
