import type { BursarParts } from '@bursar/core'

/** What holding a ledger against the chains takes of a bursar. */
export type AuditParts = Pick<BursarParts, 'ledger' | 'clock' | 'auditorOf' | 'payerOf'>

/** The family of a network: `eip155:8453` is of `eip155`. */
export function familyOf(network: string): string {
  return network.slice(0, network.indexOf(':'))
}
