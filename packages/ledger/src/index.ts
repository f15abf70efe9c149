export { memoryLedger } from './memory-ledger.js'
export { Tally } from './tally.js'
export { isClaimable, isHeld, isOutstanding, openPurchase, reopenPurchase, transition } from './transition.js'
