let told = false

/** Says on the console, once a page, why nothing is counted: the developer's only sign. */
export const tell = (...why: unknown[]) => {
  if (!told) console.warn("Footfall:", ...why)
  told = true
}
