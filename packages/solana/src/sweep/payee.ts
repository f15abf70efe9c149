import type { ChainReader, SweepRequest } from '@bursar/core'
import { parseAddress } from '../address/address.js'
import {
  ASSOCIATED_TOKEN,
  COMPUTE_BUDGET,
  LIGHTHOUSE,
  MEMO,
  SYSTEM,
  TOKEN,
  TOKEN_2022
} from '../address/programs.js'
import { isPublicKey } from '../address/token-account.js'
import { readAccount } from '../rpc/account-info.js'

const programs = [ASSOCIATED_TOKEN, COMPUTE_BUDGET, LIGHTHOUSE, MEMO, TOKEN, TOKEN_2022]

/** Says why an address must not get what a wallet holds. */
export function payeeRejectionReason(
  { to, asset }: Pick<SweepRequest, 'to' | 'asset'>,
  owner: string
): string | undefined {
  const address = parseAddress(to)
  if (!address) return 'it is not base58 of 32 bytes'
  if (to === SYSTEM.text) return 'it is the zero address'
  if (to === owner) return 'it is the address of the wallet itself'
  if (asset && to === asset.address) return `it is the mint of ${asset.symbol}`
  if (programs.some(({ text }) => text === to)) return 'it is a program'
  if (!isPublicKey(address.bytes))
    return 'no key belongs to it: give the address of a wallet, and not of its token account'
  return undefined
}

/** The same by what the chain has there. */
export async function findPayeeProblem(
  reader: ChainReader,
  { network, to }: SweepRequest
): Promise<string | undefined> {
  const found = await reader.read(network, (rpc) => readAccount(rpc, to, { offset: 0, length: 0 }))
  if (!found || found.owner === SYSTEM.text) return undefined
  if ([TOKEN, TOKEN_2022].some(({ text }) => text === found.owner))
    return 'it is a token account: give the address of the wallet that owns it'
  return 'it belongs to a program'
}
