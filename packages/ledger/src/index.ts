export { memoryLedger } from './memory-ledger.js'
export { Tally } from './tally.js'
export { isHeld, isOutstanding, openPurchase, reopenPurchase, transition } from './transition.js'
