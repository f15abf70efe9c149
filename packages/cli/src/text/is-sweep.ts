import type { Purchase } from '@bursar/core'

/** Whether it is a transfer of `bursar wallet sweep`, which counts nothing: what a chain alone tells of counts as its amount. */
export function isSweep({ kind, offer: { amountAtomic, cost } }: Purchase): boolean {
  return kind === 'debit' && cost === 0n && amountAtomic > 0n
}
