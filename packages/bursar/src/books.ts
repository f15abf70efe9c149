export type {
  CancelOutcome,
  Discrepancy,
  PurchaseRecord,
  Reconciliation,
  Total,
  TotalsBy
} from '@bursar/wallet'
export { csvLines, jsonLines, purchaseRecord, totals } from '@bursar/wallet'
