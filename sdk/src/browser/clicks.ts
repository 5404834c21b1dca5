const PROPERTY = "data-footfall-property-"

/** Tells of clicks on elements with `data-footfall-event="Name"`, with what their `data-footfall-property-*` say. */
export const watchClicks = (onEvent: (name: string, properties: Record<string, string>) => void) =>
  addEventListener(
    "click",
    ({ target }) => {
      const element = (target as Element).closest?.<HTMLElement>("[data-footfall-event]")
      if (!element) return
      const properties: Record<string, string> = {}
      for (const { name, value } of element.attributes) if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length)] = value
      onEvent(element.dataset.footfallEvent!, properties)
    },
    true,
  )
