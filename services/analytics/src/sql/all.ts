/** Conditions that all hold, for WHERE. Text comes from here and from closed enumerations; values are bound. */
export const all = (...conditions: ReadonlyArray<string>) => conditions.filter((condition) => condition !== "").join(" AND ")
