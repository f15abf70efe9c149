export type {
  Audit,
  AuditOptions,
  CancelOutcome,
  Discrepancy,
  EvidenceVerdict,
  EvidenceVerification,
  PurchaseRecord,
  ReconcileOptions,
  Reconciliation,
  StatementVerdict,
  Total,
  TotalsBy,
  Verification
} from '@bursar/audit'
export { auditOf, csvLines, jsonLines, purchaseRecord, totals } from '@bursar/audit'
export type {
  AccountOffer,
  AtomicUsdc,
  BalanceOffer,
  Debit,
  DebitPurchase,
  HasBursarParts,
  HasPrepaidAccount,
  JsonObject,
  JsonValue,
  NetworkId,
  PaidToken,
  PaymentHeader,
  PaymentOffer,
  Purchase,
  PurchaseAuthorization,
  PurchaseEvidence,
  PurchaseOffer,
  SignedBytes,
  SignedPayment,
  TokenCounts
} from '@bursar/core'
