import { parseAbi } from 'viem'

/** The part of Circle's FiatToken that a facilitator uses. */
export const fiatToken = parseAbi([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function balanceOf(address account) view returns (uint256)',
  'function authorizationState(address authorizer, bytes32 nonce) view returns (bool)',
  'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes)',
  'event Transfer(address indexed from, address indexed to, uint256 value)'
])

/** The interface of contract wallets. @see EIP-1271 */
export const contractWallet = parseAbi([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)'
])

/** What a contract wallet returns for a valid signature. @see EIP-1271 */
export const VALID_SIGNATURE = '0x1626ba7e'

/** The EIP-712 type that is signed. @see EIP-3009 */
export const transferTypes = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const
