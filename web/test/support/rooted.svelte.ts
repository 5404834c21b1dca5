/** Makes what has effects outside of a component, as a component would; `reads` is what its markup looks at. */
export const rooted = <T>(
  make: () => T,
  reads: (value: T) => unknown = () => undefined,
): { readonly value: T; readonly end: () => void } => {
  let value: T | undefined
  const end = $effect.root(() => {
    const made = make()
    value = made
    $effect(() => void reads(made))
  })
  return { value: value as T, end }
}
