/**
 * What a load function gave us, now or later: a value at once, or the result of a promise when it is there. Between two promises the
 * last value stays, so that nothing falls back to an empty frame.
 */
export class Settled<T> {
  readonly #source: () => T | Promise<T>
  #last = $state.raw<T>()

  constructor(source: () => T | Promise<T>) {
    this.#source = source
    $effect.pre(() => {
      const given = source()
      if (!(given instanceof Promise)) {
        this.#last = given
        return
      }
      let wanted = true
      given.then((value) => {
        if (wanted) this.#last = value
      })
      return () => {
        wanted = false
      }
    })
  }

  readonly value = $derived.by((): T | undefined => {
    const given = this.#source()
    return given instanceof Promise ? this.#last : given
  })
}
