type Call = (...call: unknown[]) => unknown

/** Has something done after each call of a method of another's object, with what it was called with. */
export const after = <Name extends string>(
  object: { [Key in Name]: (...call: never[]) => unknown },
  name: Name,
  also: (...call: never[]) => void,
) => {
  const original = object[name] as Call
  object[name] = function (this: unknown, ...call: unknown[]) {
    const result = original.apply(this, call)
    ;(also as Call)(...call)
    return result
  }
}
