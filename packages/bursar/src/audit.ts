export type {
  Audit,
  AuditOptions,
  CancelOutcome,
  Discrepancy,
  PurchaseRecord,
  ReconcileOptions,
  Reconciliation,
  Total,
  TotalsBy,
  Verification
} from '@bursar/audit'
export { auditOf, csvLines, jsonLines, purchaseRecord, totals } from '@bursar/audit'
