export type { Audit, AuditOptions, ReconcileOptions } from './audit-of.js'
export { auditOf } from './audit-of.js'
export type { Balances, BalancesQuery, PrepaidBalance, WalletBalance } from './balances.js'
export { readBalances } from './balances.js'
export type { CancelOutcome } from './cancel.js'
export type { Discrepancy } from './discrepancy.js'
export type { DistinctAccount } from './distinct-accounts.js'
export { distinctAccounts } from './distinct-accounts.js'
export type { EvidenceVerdict, StatementVerdict } from './evidence/judge-evidence.js'
export type { EvidenceVerification } from './evidence/verify-evidence.js'
export type { PurchaseRecord } from './export.js'
export { csvLines, evidenceVerdict, jsonLines, purchaseRecord } from './export.js'
export type { Reconciliation } from './reconcile.js'
export { stateWord } from './state-word.js'
export type { Total, TotalSums, TotalsBy, TotalsOptions } from './totals.js'
export { sumOf, totals } from './totals.js'
export type { TotalsKey } from './totals-key.js'
export { payerOf } from './totals-key.js'
export type { Verification } from './verify.js'
export { verifyReceipt } from './verify.js'
export type {
  FrozenChange,
  LedgerChange,
  PurchaseChange,
  PurchaseWord,
  ThawedChange
} from './watch/ledger-change.js'
export type { FollowedLedger } from './watch/ledger-follower.js'
export type { WatchOptions } from './watch/watch-ledger.js'
export { watchLedger } from './watch/watch-ledger.js'
