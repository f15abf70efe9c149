import type { BursarParts } from '@bursar/core'

/** The parts of a bursar that an audit uses. */
export type AuditParts = Pick<BursarParts, 'ledger' | 'clock' | 'networks' | 'auditorOf' | 'payerOf'>

/** The family of a network: `eip155:8453` is of `eip155`. */
export function familyOf(network: string): string {
  return network.slice(0, network.indexOf(':'))
}
