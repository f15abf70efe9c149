import { loadOnce } from '@bursar/core'

/** Loads what enters calls to accounts and balances in the ledger. */
export const loadMeteredCalls = loadOnce(() => import('./metered-calls.js'))
