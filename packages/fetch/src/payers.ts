import { loadOnce, type NetworkFamily, type Payer } from '@bursar/core'

/** A payer, or how to load it when an offer of its family is first considered. */
export type PayerSource = Payer | { readonly family: NetworkFamily; readonly load: () => Promise<Payer> }

/** Finds the payer of a family, loading it at most once. */
export type FindPayer = (family: string) => Promise<Payer | undefined>

/** @throws {TypeError} when two payers serve one family. */
export function createPayers(sources: readonly PayerSource[]): FindPayer {
  const byFamily = new Map<string, () => Promise<Payer>>()
  for (const source of sources) {
    const { family } = source
    if (byFamily.has(family)) throw new TypeError(`Two payers serve ${family}`)
    byFamily.set(family, loadOnce('load' in source ? source.load : async () => source))
  }
  const nobody = Promise.resolve(undefined)
  return (family) => byFamily.get(family)?.() ?? nobody
}

/**
 * Reads the addresses of all payers, whose payments may be resumed. A payer without an address, such as a wallet that
 * is not connected, is left out and asked again by the next call.
 */
export function createPayerAddresses(
  sources: readonly PayerSource[],
  payerOf: FindPayer
): () => Promise<readonly string[]> {
  let known: Promise<readonly string[]> | undefined
  const read = async (): Promise<readonly string[]> => {
    const answers = await Promise.allSettled(
      sources.map(async ({ family }) => (await payerOf(family))?.address())
    )
    const addresses = answers.flatMap((answer) =>
      answer.status === 'fulfilled' && answer.value !== undefined ? [answer.value] : []
    )
    if (addresses.length === sources.length) known = Promise.resolve(addresses)
    return addresses
  }
  return () => known ?? read()
}
