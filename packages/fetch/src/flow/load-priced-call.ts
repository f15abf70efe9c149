import { loadOnce } from '@bursar/core'

/** Loads the paying code, which a program that meets no 402 never needs. */
export const loadPricedCall = loadOnce(() => import('./priced-call.js'))
