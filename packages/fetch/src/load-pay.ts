import { loadOnce } from '@bursar/core'

/** Loads what pays without a fetch, which most programs never need. */
export const loadPay = loadOnce(() => import('./pay.js'))
