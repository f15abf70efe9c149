import { loadOnce } from '@bursar/core'

/** Loads the parsers of the wire shapes, which a page that meets no 402 never needs. */
export const loadWire = loadOnce(() => import('@bursar/core/wire'))
