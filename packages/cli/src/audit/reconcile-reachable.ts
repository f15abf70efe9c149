import { auditOf, type Reconciliation } from '@bursar/audit'
import { type BursarError, bursarErrorOf, type NetworkId, partsOf } from '@bursar/core'
import type { Bursar } from 'bursar'

/** What was compared, and what could not be. */
export interface ReachableReconciliation
  extends Pick<Reconciliation, 'settled' | 'debits' | 'learned' | 'discrepancies'> {
  readonly unreachable: readonly UnreachableNetwork[]
}

/** A network whose chain did not answer. */
export interface UnreachableNetwork {
  readonly network: NetworkId
  readonly error: BursarError
}

/**
 * Compares the record with the chains. Where one of them does not answer, the others are compared each by itself.
 *
 * @throws {BursarError} `rpc/unavailable` when none answers.
 */
export async function reconcileReachable(
  bursar: Bursar,
  query: { readonly fromMs?: number }
): Promise<ReachableReconciliation> {
  const audit = auditOf(bursar)
  const { networks } = partsOf(bursar)
  try {
    return { ...(await audit.reconcile(query)), unreachable: [] }
  } catch (error) {
    if (!bursarErrorOf(error, 'rpc/unavailable') || networks.length < 2) throw error
    const each = await Promise.all(
      networks.map((network) => reached(network, () => audit.reconcile({ ...query, networks: [network] })))
    )
    if (!each.some(isCompared)) throw error
    return together(each)
  }
}

type Reached = Reconciliation | UnreachableNetwork

async function reached(network: NetworkId, ask: () => Promise<Reconciliation>): Promise<Reached> {
  try {
    return await ask()
  } catch (error) {
    const known = bursarErrorOf(error, 'rpc/unavailable')
    if (known) return { network, error: known }
    throw error
  }
}

function together(each: readonly Reached[]): ReachableReconciliation {
  const found = each.filter(isCompared)
  return {
    settled: found.reduce((sum, { settled }) => sum + settled, 0),
    debits: found.reduce((sum, { debits }) => sum + debits, 0),
    learned: found.flatMap(({ learned }) => learned),
    discrepancies: found.flatMap(({ discrepancies }) => discrepancies),
    unreachable: each.flatMap((one) => (isCompared(one) ? [] : [one]))
  }
}

function isCompared(one: Reached): one is Reconciliation {
  return !('error' in one)
}
