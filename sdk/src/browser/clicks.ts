/**
 * Tells of what happens to elements with `data-footfall-event="Name"`, with what their `data-footfall-property-*` say: of
 * clicks, by the middle button too where that opens a link, and of forms when they are sent. The innermost such element
 * counts, also inside open shadow roots.
 */
export const watchClicks = (onEvent: (name: string, properties: Record<string, string>) => void) => {
  let counted: HTMLElement | null
  const look = (event: Event) => {
    const path = event.composedPath() as HTMLAnchorElement[]
    const element = path.find(({ dataset }) => dataset?.footfallEvent)
    if (
      !element ||
      element == counted ||
      "submit" in element != (event.type == "submit") ||
      (event as MouseEvent).button > +path.some(({ href }) => href)
    )
      return
    // A label passes a click on to its control within the same task: that is one click, not two.
    counted = element
    setTimeout(() => (counted = null))
    const properties: Record<string, string> = {}
    for (const { name, value } of element.attributes) {
      const property = name.split("data-footfall-property-")[1]
      if (property) properties[property] = value
    }
    onEvent(element.dataset.footfallEvent!, properties)
  }
  for (const type of ["click", "auxclick", "submit"]) addEventListener(type, look, true)
}
