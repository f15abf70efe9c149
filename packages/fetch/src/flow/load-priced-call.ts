import { loadOnce } from '@bursar/core'

/** A program that meets no 402 never loads what pays. */
export const loadPricedCall = loadOnce(() => import('./priced-call.js'))
