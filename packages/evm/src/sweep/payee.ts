import type { SweepRequest } from '@bursar/core'
import { isAddress, isSameHex } from '../address/address.js'
import { checksumAddress } from '../address/checksum-address.js'
import { PERMIT2, proxies } from '../permit2/addresses.js'

const ZERO = `0x${'0'.repeat(40)}`
/** Contracts at the same address on every network, from which nobody gets a token back. */
const contracts = [
  PERMIT2,
  ...Object.values(proxies),
  // Multicall3, whose address is in many examples.
  '0xcA11bde05977b3631167028862bE2a173976CA11'
]

/** Says why an address must not get what a wallet holds. */
export function payeeRejectionReason(
  { to, asset }: Pick<SweepRequest, 'to' | 'asset'>,
  owner: string
): string | undefined {
  if (!isAddress(to)) return 'it is not 0x and 40 hex digits'
  if (to !== checksumAddress(to))
    return 'its letters are not its checksum: copy it again, as its owner shows it'
  if (isSameHex(to, ZERO)) return 'it is the zero address'
  if (isSameHex(to, owner)) return 'it is the address of the wallet itself'
  if (asset && isSameHex(to, asset.address)) return `it is the contract of ${asset.symbol}`
  if (contracts.some((address) => isSameHex(to, address))) return 'it is a contract that pays nothing back'
  return undefined
}
