const clamp = (value: number, last: number) => Math.max(0, Math.min(last, value))

/** Which step of a chart is looked at, by pointer, by touch or by keyboard; undefined when none is. */
export class Cursor {
  active = $state<number>()
  readonly #count: () => number

  constructor(count: () => number) {
    this.#count = count
  }

  /** Follows the pointer over the plot. */
  move = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect()
    const last = this.#count() - 1
    this.active = clamp(Math.round(((event.clientX - box.left) / box.width) * last), last)
  }

  clear = () => {
    this.active = undefined
  }

  /** A mouse that leaves looks elsewhere; a finger that is lifted lets the eye see what it covered. */
  leave = (event: PointerEvent) => {
    if (event.pointerType !== "touch") this.clear()
  }

  /** Arrows go one step, Page keys seven, Home and End to the ends, Escape away. Keys that mean something here go no further. */
  key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const last = this.#count() - 1
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key]
    if (steps !== undefined) this.active = clamp((this.active ?? (steps > 0 ? -1 : last + 1)) + steps, last)
    else if (event.key === "Home") this.active = 0
    else if (event.key === "End") this.active = last
    else if (event.key === "Escape" && this.active !== undefined) this.active = undefined
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
