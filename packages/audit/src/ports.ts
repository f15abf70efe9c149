import type { Auditor, Clock, Ledger, Payer } from '@bursar/core'

/** What holding the ledger against the chain takes. */
export interface Books {
  readonly ledger: Ledger
  /** By family, such as `eip155`. */
  readonly auditorOf: (family: string) => Promise<Auditor | undefined>
  readonly payerOf: (family: string) => Promise<Payer | undefined>
  readonly clock: Clock
}

/** The family of a network: `eip155:8453` is of `eip155`. */
export function familyOf(network: string): string {
  return network.slice(0, network.indexOf(':'))
}
