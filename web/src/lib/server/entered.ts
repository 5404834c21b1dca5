import { error } from "@sveltejs/kit"

/** The form that a request carries; 400 when its body is none. */
export const readForm = async (request: Request): Promise<FormData> => {
  try {
    return await request.formData()
  } catch {
    error(400, { message: "The form could not be read. Go back and send it again." })
  }
}

/** The text fields of a form by name; trimmed, except for passwords. What is missing or a file is empty. */
export const entered = <Name extends string>(form: FormData, names: ReadonlyArray<Name>): Record<Name, string> => {
  const value = (name: Name) => {
    const text = form.get(name)
    return typeof text !== "string" ? "" : name === "password" ? text : text.trim()
  }
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, string>
}
