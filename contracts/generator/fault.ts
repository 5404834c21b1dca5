/** What is wrong with a contract, where, in a sentence that its author can act on. */
export class ContractFault extends Error {
  override readonly name = "ContractFault"
  readonly where: string

  constructor(where: string, sentence: string) {
    super(`${where}: ${sentence}`)
    this.where = where
  }
}

/** Stops the generation: what the generator does not understand is an error, never dropped. */
export const fail = (where: string, sentence: string): never => {
  throw new ContractFault(where, sentence)
}
