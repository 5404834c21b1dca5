import type { Answer } from "./answer.ts"

/** An answer, or the promise of one that is still on its way and will be streamed into the page. */
export type Soon<T> = Answer<T> | Promise<Answer<T>>

/**
 * Waits up to `patience` milliseconds, or as long as it takes when that is Infinity, so that what is quick stands in the page itself, also where there is no JavaScript; what is slow
 * follows later without holding up the rest. Wrapped, because an async function would wait for a bare promise.
 */
export const soon = async <T>(answer: Promise<Answer<T>>, patience: number): Promise<{ readonly answer: Soon<T> }> => {
  if (patience === Infinity) return { answer: await answer }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<{ readonly answer: Soon<T> }>((resolve) => {
    timer = setTimeout(() => resolve({ answer }), patience)
  })
  try {
    return await Promise.race([answer.then((settled) => ({ answer: settled })), late])
  } finally {
    clearTimeout(timer)
  }
}
