export type {
  CancelOutcome,
  Discrepancy,
  PurchaseRecord,
  Reconciliation,
  Total,
  TotalsBy
} from '@bursar/audit'
export { csvLines, jsonLines, purchaseRecord, totals } from '@bursar/audit'
