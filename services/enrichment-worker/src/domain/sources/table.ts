/** What kind of place a source is. `other` has a name worth showing, and its visits are referrals. */
export type SourceKind = "search" | "social" | "video" | "shopping" | "email" | "ai" | "sms" | "push" | "display" | "other"

/**
 * Sources by name, each with its hosts, divided by blanks. `a.com` stands for itself, `www.a.com` and `m.a.com`; `.a.com` for its
 * other subdomains too; `a.*` for a.com and the same name under the ends of countries (a.de, a.co.uk, a.com.br).
 */
export type Hosts = Readonly<Record<string, string>>
