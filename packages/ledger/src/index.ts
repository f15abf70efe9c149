export { memoryLedger } from './memory-ledger.js'
export { Tally } from './tally.js'
export {
  isClaimable,
  isHeld,
  isOutstanding,
  keepsName,
  openPurchase,
  reopenPurchase,
  transition
} from './transition.js'
