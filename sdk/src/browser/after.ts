/** Has something done after each call of a method of another's object, with what it was called with. */
export const after = <Name extends string, Call extends unknown[], Result>(
  object: Record<Name, (...call: Call) => Result>,
  name: Name,
  also: (...call: Call) => void,
) => {
  const original = object[name]
  object[name] = function (this: unknown, ...call) {
    const result = original.apply(this, call)
    also(...call)
    return result
  }
}
