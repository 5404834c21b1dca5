/** The text fields of a form by name; trimmed, except for passwords. What is missing or a file is empty. */
export const entered = <Name extends string>(form: FormData, names: ReadonlyArray<Name>): Record<Name, string> => {
  const value = (name: Name) => {
    const text = form.get(name)
    return typeof text !== "string" ? "" : name === "password" ? text : text.trim()
  }
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>
}
