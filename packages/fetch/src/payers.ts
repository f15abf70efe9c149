import type { NetworkFamily, Payer } from '@bursar/core'

/** A payer, or how to load it when an offer of its family is first considered. */
export type PayerSource = Payer | { readonly family: NetworkFamily; readonly load: () => Promise<Payer> }

/** Finds the payer of a family, loading it at most once. */
export type FindPayer = (family: string) => Promise<Payer | undefined>

/** @throws {TypeError} when two payers serve one family. */
export function createPayers(sources: readonly PayerSource[]): FindPayer {
  const loaded = new Map<string, Promise<Payer>>()
  const byFamily = new Map<string, PayerSource>()
  for (const source of sources) {
    if (byFamily.has(source.family)) throw new TypeError(`Two payers serve ${source.family}`)
    byFamily.set(source.family, source)
  }
  return async (family) => {
    const source = byFamily.get(family)
    if (!source || !('load' in source)) return source
    let payer = loaded.get(family)
    if (!payer) {
      payer = source.load()
      loaded.set(family, payer)
      payer.catch(() => loaded.delete(family))
    }
    return payer
  }
}

/**
 * Reads the addresses of all payers, whose payments may be resumed. A payer without an address, such as a wallet that
 * is not connected, is left out and asked again by the next call.
 */
export function createPayerAddresses(
  sources: readonly PayerSource[],
  payerOf: FindPayer
): () => Promise<readonly string[]> {
  let known: readonly string[] | undefined
  return async () => {
    if (known) return known
    const answers = await Promise.allSettled(
      sources.map(async ({ family }) => (await payerOf(family))?.address())
    )
    const addresses = answers.flatMap((answer) =>
      answer.status === 'fulfilled' && answer.value !== undefined ? [answer.value] : []
    )
    if (addresses.length === sources.length) known = addresses
    return addresses
  }
}
