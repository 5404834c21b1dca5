/** What senders call themselves: events of anything that is not a browser are kept apart as a bot's. */
export const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
