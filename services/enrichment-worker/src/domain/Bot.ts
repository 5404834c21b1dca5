import type { LoggedClient } from "@footfall/event-log/LoggedBatch"
import { createIsbotFromList, isbotMatch, list } from "isbot"
import { isHeadless } from "./clientHints.ts"

/** HTTP libraries that apps of people are made with, as they introduce themselves; on a server they are rare, and a bot writes its own name. */
const APP_LIBRARY =
  /\bokhttp\/[\w.-]+|\bCFNetwork\/[\d.]+|\bDart\/[\d.]+ \(dart:io\)|\bDalvik\/|\bAlamofire\/|\bktor(?:[ -]?http)?[ -]client\b|\bUnityWebRequest\/|\bCronet\//i

/** How a program says that it is no app of a person, whatever it is made with. */
const CONFESSED = /(?<!ro)bots?\b|crawl|spider|scrap(?:er|y)|\+?https?:\/\//i

/** A whole browser from the start on, in which an app, an extension or a television may have added words of its own. */
const BROWSER = /^Mozilla\/5\.0 \((?:[^()]|\([^()]*\))+\) (?:AppleWebKit\/[\d.]+ \(KHTML, like Gecko\)|Gecko\/[\d.]+ Firefox\/)/

/** What is added of other people's names and addresses: download helpers write the request that they saw, televisions whose they are. */
const BORROWED = /\s*\|\|\|.*$|\bGoogle ?TV\b/gs

/** Patterns of isbot for words that apps of people have in their names. In a whole browser they are no sign of a bot. */
export const ALSO_IN_APPS: ReadonlyArray<string> = ["\\|", "(?:^|[^g])news(?!sapphire)", "\\.com\\b", "download", "url"]

const isBotInBrowser = createIsbotFromList(list.filter((pattern) => !ALSO_IN_APPS.includes(pattern)))

/** Whether a user agent that isbot suspects is a person's all the same. */
const isPerson = (userAgent: string): boolean => {
  if (APP_LIBRARY.test(userAgent)) return !CONFESSED.test(userAgent)
  return BROWSER.test(userAgent) && !isBotInBrowser(userAgent.replace(BORROWED, ""))
}

/**
 * What gave automated traffic away, or the empty string for a person: a program drives the browser, the browser has no window, or
 * the user agent is on isbot's list and neither an app's HTTP library nor a browser with an addition. A missing user agent
 * is no signal: servers report events for people without one.
 */
export const botSignalOf = (userAgent: string, client: LoggedClient = {}): string => {
  if (client.automated === true) return "navigator.webdriver"
  if (isHeadless(client)) return "client hints: headlesschrome"
  const match = isbotMatch(userAgent)
  return match === null || isPerson(userAgent) ? "" : `user agent: ${match.trim().toLowerCase()}`
}
