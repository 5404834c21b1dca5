import { error } from "@sveltejs/kit"

const isTooLarge = (cause: unknown): boolean => typeof cause === "object" && cause !== null && "status" in cause && cause.status === 413

/** The form that a request carries; 413 when its body is larger than the server takes (`BODY_SIZE_LIMIT`, 512 kB), 400 when it is none. */
export const readForm = async (request: Request): Promise<FormData> => {
  try {
    return await request.formData()
  } catch (cause) {
    if (isTooLarge(cause)) error(413, { message: "The form is too large. Go back and send less." })
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
