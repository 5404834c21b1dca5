const PROPERTY = "data-footfall-property-"

/**
 * Tells of clicks on elements with `data-footfall-event="Name"`, with what their `data-footfall-property-*` say: also inside of web
 * components and by the middle button. A form is meant when it is submitted.
 */
export const watchClicks = (onEvent: (name: string, properties: Record<string, string>) => void) => {
  let last: EventTarget | undefined
  const look = (event: Event) => {
    const carrier = (event.composedPath() as HTMLElement[]).find((element) => element.dataset?.footfallEvent)
    // The right button makes auxclick, too; a click on a label is followed, in the same task, by one on its field.
    if (!carrier || carrier === last || (event as MouseEvent).button > 1 || (carrier.tagName === "FORM") !== (event.type === "submit"))
      return
    last = carrier
    setTimeout(() => (last = undefined))
    const properties: Record<string, string> = {}
    for (const { name, value } of carrier.attributes) if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length)] = value
    onEvent(carrier.dataset.footfallEvent!, properties)
  }
  for (const type of ["click", "auxclick", "submit"]) addEventListener(type, look, true)
}
