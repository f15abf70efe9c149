import {
  decodeFunctionData,
  type Hex,
  numberToHex,
  type PublicClient,
  parseAbi,
  type Transaction
} from 'viem'
import { isSameHex } from '../address/address.js'
import { proxies } from './addresses.js'

const structs = [
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Permit2612 { uint256 value; uint256 deadline; bytes32 r; bytes32 s; uint8 v; }',
  'struct Witness { address to; uint256 validAfter; }',
  'struct UptoWitness { address to; address facilitator; uint256 validAfter; }'
] as const
const settleAbi = parseAbi([
  ...structs,
  'function settle(Permit permit, address owner, Witness witness, bytes signature)',
  'function settleWithPermit(Permit2612 permit2612, Permit permit, address owner, Witness witness, bytes signature)',
  'function settle(Permit permit, uint256 amount, address owner, UptoWitness witness, bytes signature)',
  'function settleWithPermit(Permit2612 permit2612, Permit permit, uint256 amount, address owner, UptoWitness witness, bytes signature)'
])

/**
 * The nonce that a transaction used at one of x402's proxies, as `0x` hex of 32 bytes. `undefined` for any other transaction,
 * also for one that calls a proxy through another contract.
 */
export async function readPermit2Nonce(client: PublicClient, hash: Hex): Promise<Hex | undefined> {
  return permit2NonceOf(await client.getTransaction({ hash }))
}

/** The same, of a transaction that was read. */
export function permit2NonceOf({ to, input }: Pick<Transaction, 'to' | 'input'>): Hex | undefined {
  if (!to || !Object.values(proxies).some((proxy) => isSameHex(proxy, to))) return undefined
  return nonceOf(input)
}

function nonceOf(data: Hex): Hex | undefined {
  try {
    const { functionName, args } = decodeFunctionData({ abi: settleAbi, data })
    const permit = functionName === 'settle' ? args[0] : args[1]
    return numberToHex(permit.nonce, { size: 32 })
  } catch {
    return undefined
  }
}
