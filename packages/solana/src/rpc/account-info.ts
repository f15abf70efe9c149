import { isJsonObject, type Rpc } from '@bursar/core'
import { decodeBase64 } from '../wire/base64.js'

/** An account of the chain. */
export interface AccountInfo {
  /** Base58 of the program that it belongs to. */
  readonly owner: string
  /** The slice asked for; shorter when the account is. */
  readonly data: Uint8Array
}

/** Settled by two thirds of the stake. No such block of mainnet has ever been undone. */
export const CONFIRMED = 'confirmed'

/** Reads a part of an account, or says that there is none. */
export async function readAccount(
  rpc: Rpc,
  address: string,
  slice: { readonly offset: number; readonly length: number }
): Promise<AccountInfo | undefined> {
  const config = { encoding: 'base64', commitment: CONFIRMED, dataSlice: slice }
  const value = readValue(await rpc('getAccountInfo', [address, config]))
  if (value === null) return undefined
  const data = isJsonObject(value) && Array.isArray(value.data) ? decodeBase64(value.data[0]) : undefined
  // A node that ignores the slice would have other bytes read as the ones asked for.
  if (!isJsonObject(value) || typeof value.owner !== 'string' || !data || data.length > slice.length)
    throw malformedAnswer('getAccountInfo')
  return { owner: value.owner, data }
}

/** Reads how much SOL an account holds, in lamports. @throws {TypeError} when the node does not say. */
export async function readLamports(rpc: Rpc, address: string): Promise<bigint> {
  const lamports = readValue(await rpc('getBalance', [address, { commitment: CONFIRMED }]))
  if (!isHeight(lamports)) throw malformedAnswer('getBalance')
  return BigInt(lamports)
}

/** The `value` of an answer that also names its slot. */
export function readValue(answer: unknown): unknown {
  if (!isJsonObject(answer) || answer.value === undefined) throw malformedAnswer('RPC')
  return answer.value
}

/** The slot that an answer is of. */
export function readSlot(answer: unknown): number {
  const context = isJsonObject(answer) ? answer.context : undefined
  if (!isJsonObject(context) || !isHeight(context.slot)) throw malformedAnswer('RPC')
  return context.slot
}

/** A slot or block height in an answer. */
export function isHeight(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Whether an entry's `err` says that the transaction landed and failed, so that it has moved nothing. */
export function isFailure(error: unknown): boolean {
  return error !== null && error !== undefined
}

/** The error for an answer that is as good as none: the next endpoint is asked. */
export function malformedAnswer(method: string): TypeError {
  return new TypeError(`The node's answer to ${method} is malformed`)
}
