/**
 * What a load function gave us, now or later: a value at once, or the result of a promise when it is there. Between two promises the
 * last value stays, so that nothing falls back to an empty frame.
 */
export class Settled<T> {
  value = $state.raw<T>()

  constructor(source: () => T | Promise<T>) {
    const first = source()
    if (!(first instanceof Promise)) this.value = first
    $effect.pre(() => {
      const given = source()
      if (!(given instanceof Promise)) {
        this.value = given
        return
      }
      let wanted = true
      given.then((value) => {
        if (wanted) this.value = value
      })
      return () => {
        wanted = false
      }
    })
  }
}
