import { inspect } from "node:util"

/** Asks again until the answer is right, and gives it. When it is still wrong after `ms`, fails and says what it was. */
export const eventually = async <A>(ask: () => Promise<A>, right: (answer: A) => boolean, ms = 45_000): Promise<A> => {
  const deadline = performance.now() + ms
  for (;;) {
    const answer = await ask()
    if (right(answer)) return answer
    if (performance.now() > deadline) throw new Error(`still wrong after ${ms} ms: ${inspect(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
