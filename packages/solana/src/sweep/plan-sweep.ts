import type { Asset, ChainReader, Clock, Rpc, SweepPlan, SweepRequest } from '@bursar/core'
import type { SolanaAuthorizer } from '../account/authorizer.js'
import { type Address, readAddress } from '../address/address.js'
import { tokenAccountOf } from '../address/token-account.js'
import { isHeight, malformedAnswer, readAccount, readLamports } from '../rpc/account-info.js'
import type { Mint, Mints } from '../rpc/mints.js'
import { COMPUTE_UNITS } from '../transaction/transfer.js'
import { getUint } from '../wire/uint.js'

/** With what a sweep is planned and signed. */
export interface SweepParts {
  readonly reader: ChainReader
  readonly mints: Mints
  readonly owner: SolanaAuthorizer
  /** Pays the fee. */
  readonly payer: SolanaAuthorizer
  readonly clock: Clock
}

/** What is offered for a unit of compute, in millionths of a lamport: enough to land soon, and 600 lamports in all. */
export const PRICE = 10_000n
const LAMPORTS_PER_SIGNATURE = 5_000n
/** Where a token account keeps its amount, and how long it is at most: Token-2022's have some bytes more than Token's. */
const AMOUNT = { offset: 64, length: 8 }
const TOKEN_ACCOUNT_BYTES = 175

/** The accounts of a token transfer. */
export interface TokenSides {
  readonly mint: Mint
  readonly source: Address
  readonly destination: Address
}

/** Finds the token accounts of a transfer. @throws {BursarError} `rpc/unavailable`, `offer/domain-mismatch` */
export async function findSides(
  { mints }: Pick<SweepParts, 'mints'>,
  asset: Asset,
  { from, to }: { readonly from: Address; readonly to: string }
): Promise<TokenSides> {
  const mint = await mints.read(asset)
  const accountOf = (owner: Address): Address => tokenAccountOf(owner, mint.address, mint.tokenProgram)
  return { mint, source: accountOf(from), destination: accountOf(readAddress(to)) }
}

/** Reads what there is to move, and what that costs. */
export async function planSweep(parts: SweepParts, request: SweepRequest): Promise<SweepPlan> {
  const { reader, owner, payer } = parts
  const from = await owner.address()
  const feePayer = await payer.address()
  const { asset, network, to } = request
  const sides = asset && (await findSides(parts, asset, { from, to }))
  return reader.read(network, async (rpc) => {
    if (!sides) return { ...request, from: from.text, ...(await planCoin(rpc, from.text)) }
    const maxFee = feeOf(from.text === feePayer.text ? 1n : 2n)
    const heldForFee = await readLamports(rpc, feePayer.text)
    const common = { ...request, from: from.text, feePayer: feePayer.text, maxFee, heldForFee }
    const [amount, existing] = [
      await readAmount(rpc, sides.source.text),
      await readAccount(rpc, sides.destination.text, AMOUNT)
    ]
    const rent = existing ? 0n : await readRent(rpc, TOKEN_ACCOUNT_BYTES)
    return {
      ...common,
      amountAtomic: amount,
      // An account that is left with less than the network keeps one for would fail the transfer.
      neededForFee: maxFee + rent + (await readRent(rpc, 0)),
      createsAccount: !existing
    }
  })
}

/**
 * Of a coin, what the fee leaves. Whoever pays for tokens, the owner alone signs and pays for this, and the fee is exact: the
 * network refuses to leave an account with less than it keeps one for.
 */
async function planCoin(rpc: Rpc, from: string) {
  const [held, fee] = [await readLamports(rpc, from), feeOf(1n)]
  const amountAtomic = held > fee ? held - fee : 0n
  return {
    amountAtomic,
    feePayer: from,
    maxFee: fee,
    heldForFee: held,
    neededForFee: fee,
    createsAccount: false
  }
}

function feeOf(signatures: bigint): bigint {
  return signatures * LAMPORTS_PER_SIGNATURE + (PRICE * BigInt(COMPUTE_UNITS) + 999_999n) / 1_000_000n
}

async function readAmount(rpc: Rpc, account: string): Promise<bigint> {
  const found = await readAccount(rpc, account, AMOUNT)
  return found && found.data.length === AMOUNT.length ? getUint(found.data, 0) : 0n
}

async function readRent(rpc: Rpc, bytes: number): Promise<bigint> {
  const lamports = await rpc('getMinimumBalanceForRentExemption', [bytes])
  if (!isHeight(lamports)) throw malformedAnswer('getMinimumBalanceForRentExemption')
  return BigInt(lamports)
}
