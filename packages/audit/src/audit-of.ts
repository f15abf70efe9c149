import {
  checkNetworkId,
  checkObject,
  checkOptions,
  type HasBursarParts,
  type HasPrepaidAccount,
  listOf,
  type NetworkId,
  type OptionChecks,
  partsOf,
  wholeNumberFrom
} from '@bursar/core'
import { type CancelOutcome, cancel } from './cancel.js'
import type { EvidenceVerification } from './evidence/verify-evidence.js'
import { type Reconciliation, reconcile } from './reconcile.js'
import { type Verification, verify } from './verify.js'

/** What an audit is made with. */
export interface AuditOptions {
  /**
   * Services whose credits are checked against the top-ups in the ledger. One that is given twice is asked once. Default:
   * none.
   *
   * @example { prepaid: [katana, venice] }
   */
  readonly prepaid?: readonly HasPrepaidAccount[] | undefined
}

/** What is compared with the chain. */
export interface ReconcileOptions {
  /**
   * From when on. Unix milliseconds. Default: a day ago.
   *
   * @example { fromMs: Date.now() - 7 * 86_400_000 }
   */
  readonly fromMs?: number | undefined
  /**
   * Default: those of the bursar's `allow.networks`, else Base, Solana's mainnet and every other that has an endpoint and
   * money that is worth something, as far as there is an account.
   *
   * @example { networks: ['eip155:8453'] }
   */
  readonly networks?: readonly NetworkId[] | undefined
}

const auditChecks: OptionChecks<AuditOptions> = { prepaid: listOf(checkObject) }
const reconcileChecks: OptionChecks<ReconcileOptions> = {
  fromMs: wholeNumberFrom(0, Number.MAX_SAFE_INTEGER),
  networks: listOf(checkNetworkId)
}

/** Compares a ledger with the chains. */
export interface Audit {
  /**
   * Compares the ledger with the chain, payment by payment, and top-ups with the credits of the services. Settlements
   * that the ledger did not know are recorded; other differences are in the result.
   *
   * @throws {BursarError} `rpc/unavailable`, `ledger/unavailable`, `service/*`
   */
  reconcile(options?: ReconcileOptions): Promise<Reconciliation>
  /**
   * Cancels the authorization of a purchase, in a transaction whose gas the account pays. EVM networks only.
   *
   * @param id the ledger's name for the purchase.
   * @throws {BursarError} `purchase/not-cancellable`, `rpc/unavailable`, `ledger/unavailable`
   */
  cancel(id: string): Promise<CancelOutcome>
  /**
   * Compares the transaction that a purchase's server named with the chain.
   *
   * @param id the ledger's name for the purchase.
   * @throws {TypeError} when the ledger has no such purchase.
   * @throws {BursarError} `rpc/unavailable`, `ledger/unavailable`
   */
  verify(id: string): Promise<Verification>
  /**
   * Verifies the offer and the receipt that a purchase's seller signed, where it signs (x402 `offer-receipt`). It asks nobody.
   *
   * @param id the ledger's name for the purchase.
   * @throws {TypeError} when the ledger has no such purchase.
   * @throws {BursarError} `ledger/unavailable`
   */
  verifyEvidence(id: string): Promise<EvidenceVerification>
}

/**
 * Opens the audit of a bursar's ledger.
 *
 * @example
 * ```ts
 * const { discrepancies } = await auditOf(bursar, { prepaid: [katana] }).reconcile()
 * ```
 */
export function auditOf(bursar: HasBursarParts, options: AuditOptions = {}): Audit {
  checkOptions(options, auditChecks)
  const { prepaid = [] } = options
  const parts = partsOf(bursar)
  return Object.freeze<Audit>({
    async reconcile(asked = {}) {
      checkOptions(asked, reconcileChecks)
      const { fromMs, networks = parts.networks } = asked
      return reconcile(parts, { networks, prepaid, ...(fromMs === undefined ? {} : { fromMs }) })
    },
    cancel: (id) => cancel(parts, id),
    verify: (id) => verify(parts, id),
    verifyEvidence: async (id) => (await import('./evidence/verify-evidence.js')).verifyEvidence(parts, id)
  })
}
