import type { SubmitFunction } from "$app/forms"
import { tick } from "svelte"

/**
 * Enhances a form: knows when it is on its way, keeps what was entered when it is refused, and then puts the focus on the first field
 * at fault. Without JavaScript the form works all the same.
 */
export class Submitting {
  busy = $state(false)

  submit: SubmitFunction = ({ formElement }) => {
    this.busy = true
    return async ({ result, update }) => {
      await update({ reset: false })
      this.busy = false
      if (result.type !== "failure") return
      await tick()
      formElement.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
  }
}
