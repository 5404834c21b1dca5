/** From here on sessions are stored under the SHA-256 of their token. Those stored in clear end: what the table holds must open nothing. */
export const hashedSessions = [`DELETE FROM "session"`]
