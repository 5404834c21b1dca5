/** Asks again until `check` stops throwing, at most `ms` milliseconds; then fails with its last error. */
export const eventually = async <A>(check: () => Promise<A>, ms = 20_000): Promise<A> => {
  const deadline = Date.now() + ms
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
