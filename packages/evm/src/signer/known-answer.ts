import { toHex } from '../address/hex.js'
import type { SyncBackend } from './signing-backend.js'

/** What every backend makes of 32 bytes of 2, signed with a key of 32 bytes of 1. */
const known = {
  compact:
    '0x97ef30233ead25d10f7bb2bf9eaf571a16f2deb33a75f20819284f0cb8ff3cc14870ca05940199c113b4dc77866f001702691cde269f6835581e7aea1ead2660',
  recovery: 0
}

/**
 * The backend, if it signs. That it was loaded does not say so: bundlers hand out modules a second time whose first loading
 * failed, with functions that are missing.
 */
export function provenBackend(backend: SyncBackend): SyncBackend | undefined {
  const { compact, recovery } = backend.sign(new Uint8Array(32).fill(2), new Uint8Array(32).fill(1))
  return toHex(compact) === known.compact && recovery === known.recovery ? backend : undefined
}
