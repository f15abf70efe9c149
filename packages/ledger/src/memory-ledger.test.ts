import { memoryLedger } from './memory-ledger.js'
import { ledgerContract } from './testing.js'

ledgerContract('memoryLedger', (clock) => memoryLedger({ clock }))
