import type { Dimension } from "@footfall/sdk/api"

/** A card shows one of its dimensions at a time; the address bar remembers which under the card's id. */
export interface CardSpec {
  readonly id: string
  readonly title: string
  readonly tabs: readonly [Dimension, ...ReadonlyArray<Dimension>]
}

/** Rows of a card. */
export const cardLimit = 8

/** Rows that a card chooses its own from: those that lead by visits or page views are among those that lead by visitors. */
export const cardPool = 100

/** The dimension that `card` shows when the address bar says `chosen`. */
export const shownDimension = (card: CardSpec, chosen: string | null): Dimension => card.tabs.find((tab) => tab === chosen) ?? card.tabs[0]
