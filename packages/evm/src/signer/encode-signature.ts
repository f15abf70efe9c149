import type { Hex } from '../address/address.js'
import { toHex } from '../address/hex.js'
import type { RecoverableSignature } from './signing-backend.js'

/** A signature as contracts and servers take it: r, s, and v 27 or 28. */
export function encodeSignature({ compact, recovery }: RecoverableSignature): Hex {
  return `${toHex(compact)}${(27 + recovery).toString(16)}`
}
