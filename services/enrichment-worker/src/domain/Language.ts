/** The primary language of a language tag or an Accept-Language list, lower case ("de-AT,de;q=0.9" is "de"); empty when it is none. */
export const languageOf = (accepted: string): string => /^\s*([a-z]{2,3})(?=[-_,;\s]|$)/i.exec(accepted)?.[1]?.toLowerCase() ?? ""
