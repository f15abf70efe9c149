import { loadOnce } from '@bursar/core'

/** Loads what reads the wire shapes. A page that meets no 402 never loads it. */
export const loadWire = loadOnce(() => import('@bursar/core/wire'))
