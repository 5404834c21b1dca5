/** A value that runes follow, so that a test can change what a page looks at. */
export const box = <T>(first: T): { value: T } => {
  let value = $state.raw(first)
  return {
    get value() {
      return value
    },
    set value(next) {
      value = next
    },
  }
}
