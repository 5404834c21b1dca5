/** Asks our own server for JSON; undefined when there is none to be had, whatever the reason. */
export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T | undefined> => {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) })
    return response.ok ? ((await response.json()) as T) : undefined
  } catch {
    return undefined
  }
}
