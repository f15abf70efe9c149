import { loadOnce } from '@bursar/core'

/** The parsers. */
export type Wire = typeof import('@bursar/core/wire')

/** Loads the parsers of the wire shapes, which a page that meets no 402 never needs. */
export const loadWire = loadOnce((): Promise<Wire> => import('@bursar/core/wire'))
