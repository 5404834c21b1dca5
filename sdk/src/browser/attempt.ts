/** What a call gives, or undefined when it throws: blocked storage, a browser without the function. The page must not suffer. */
export const attempt = <A>(run: () => A): A | undefined => {
  try {
    return run()
  } catch {
    return undefined
  }
}
