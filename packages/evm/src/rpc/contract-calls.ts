import type { Rpc } from '@bursar/core'
import type { Address, Hex } from '../address/address.js'
import { toHex } from '../address/hex.js'
import type { ContractQuestion } from './contract-question.js'

/** The first four bytes of the hash of `isValidSignature(bytes32,bytes)`. @see EIP-1271 */
const IS_VALID_SIGNATURE = '0x1626ba7e'
/** The same as a whole word, which a contract returns for a signature that it takes. */
const MAGIC = `${IS_VALID_SIGNATURE}${'0'.repeat(56)}`
/** `transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)`. */
const TRANSFER_WITH_BYTES = '0xcf092995'

/** The code at an address: `0x` where there is none. @throws {TypeError} when the node answers with something else. */
export async function readCode(rpc: Rpc, address: Address): Promise<Hex> {
  const code = await rpc('eth_getCode', [address, 'latest'])
  if (isHex(code)) return code
  throw new TypeError('The node did not answer eth_getCode with code')
}

/** Whether the contract takes a signature. One that reverts does not. */
export async function isTaken(rpc: Rpc, { address, hash, signature }: ContractQuestion): Promise<boolean> {
  const data = `${IS_VALID_SIGNATURE}${toHex(hash).slice(2)}${word(0x40)}${bytes(signature)}`
  return (await callContract(rpc, { to: address, data })) === MAGIC
}

/**
 * Whether a contract that is not deployed yet will take a signature: a validator that travels with the call deploys it,
 * asks it, and forgets all of it.
 *
 * @see EIP-6492, "Verifier side"
 */
export async function isTakenOnceDeployed(
  rpc: Rpc,
  { address, hash, signature }: ContractQuestion
): Promise<boolean> {
  const { erc6492SignatureValidatorByteCode: validator } = await import('viem')
  const signer = address.slice(2).toLowerCase().padStart(64, '0')
  const data = `${validator}${signer}${toHex(hash).slice(2)}${word(0x60)}${bytes(signature)}`
  return /^0x0*1$/.test((await callContract(rpc, { data })) ?? '')
}

/**
 * Whether a token has the transfer that takes a contract's signature. One that is long over is asked for: a token that knows
 * it says why it refuses it, any other says nothing.
 *
 * @see EIP-3009; EIP-7598
 */
export async function takesBytes(rpc: Rpc, token: Address): Promise<boolean> {
  const nobody = '1'.padStart(64, '0')
  // from, to, value, validAfter, validBefore, nonce, and an empty signature.
  const data = `${TRANSFER_WITH_BYTES}${nobody}${nobody}${word(0).repeat(4)}${word(0xe0)}${word(0)}`
  try {
    await rpc('eth_call', [{ to: token, data }, 'latest'])
    return false
  } catch (error) {
    const revert = revertOf(error)
    if (!revert) throw error
    return revert.saysWhy
  }
}

/** Calls a contract. @returns `undefined` when it reverts. @throws what the node answers otherwise. */
export async function callContract(
  rpc: Rpc,
  transaction: { readonly to?: Address; readonly data: string }
): Promise<string | undefined> {
  try {
    const answer = await rpc('eth_call', [transaction, 'latest'])
    if (isHex(answer)) return answer.toLowerCase()
  } catch (error) {
    if (revertOf(error)) return undefined
    throw error
  }
  throw new TypeError('The node did not answer eth_call with bytes')
}

/** How far the errors of clients are followed that wrap the node's. */
const MAX_CAUSES = 10

/**
 * Reads a node's answer that a call reverted. Nodes agree on the words and not on the code; the clients that users bring wrap
 * both.
 *
 * @returns `undefined` for any other error.
 */
function revertOf(error: unknown): { readonly saysWhy: boolean } | undefined {
  let isRevert = false
  let saysWhy = false
  let current = error
  for (let depth = 0; depth < MAX_CAUSES && typeof current === 'object' && current !== null; depth++) {
    const { code, data, details, message, cause }: Record<string, unknown> = { ...fieldsOf(current) }
    const words = [details, message].filter((text) => typeof text === 'string').join(' ')
    isRevert ||= code === 3 || /revert|invalid opcode|out of gas|VM execution error/i.test(words)
    saysWhy ||=
      (typeof data === 'string' && /0x(?:[0-9a-f]{2}){4,}/i.test(data)) || /reverted[:,] *\S/i.test(words)
    current = cause
  }
  return isRevert ? { saysWhy } : undefined
}

function fieldsOf(error: object): Record<string, unknown> {
  const names = ['code', 'data', 'details', 'message', 'cause']
  return Object.fromEntries(names.map((name) => [name, Reflect.get(error, name)]))
}

function isHex(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x(?:[0-9a-fA-F]{2})*$/.test(value)
}

function word(value: number): string {
  return value.toString(16).padStart(64, '0')
}

/** Bytes as the last parameter of a call: their length, and they in whole words. */
function bytes(hex: Hex): string {
  const digits = hex.slice(2)
  return `${word(digits.length / 2)}${digits.padEnd(Math.ceil(digits.length / 64) * 64, '0')}`
}
