import { CONFIRMED, isHeight, malformedAnswer, readValue } from './account-info.js'
import type { Rpc } from './endpoint.js'

/** Lamports of an account. */
export async function readBalance(rpc: Rpc, address: string): Promise<bigint> {
  const lamports = readValue(await rpc('getBalance', [address, { commitment: CONFIRMED }]))
  if (!isHeight(lamports)) throw malformedAnswer('getBalance')
  return BigInt(lamports)
}
