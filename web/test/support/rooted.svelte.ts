import { onTestFinished } from "vitest"

/** Makes what has effects outside of a component, as a component would, until the test is over; `reads` is what its markup looks at. */
export const rooted = <T>(make: () => T, reads: (value: T) => unknown = () => undefined): T => {
  let value: T | undefined
  onTestFinished(
    $effect.root(() => {
      const made = make()
      value = made
      $effect(() => void reads(made))
    }),
  )
  return value as T
}
