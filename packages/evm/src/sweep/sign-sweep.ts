import { type Asset, BursarError, type RandomBytes, type SignedSweep, type SweepPlan } from '@bursar/core'
import { keccak256, type PublicClient } from 'viem'
import { type Hex, readAddress } from '../address/address.js'
import { toHex } from '../address/hex.js'
import { readTokenDomain } from '../audit/read-token-domain.js'
import { type Authorization, typedDataOf } from '../payment/authorization.js'
import { chainIdOf } from '../payment/token-domain.js'
import { readGas } from './plan-sweep.js'
import type { SweepAccounts } from './sweep-accounts.js'
import { authorizedCall, type TokenCall, transferCall } from './transfer-call.js'

/** Seconds for which an authorization of a sweep can be used: its transaction is sent at once. */
const VALID_SECONDS = 600
/** How far the clocks of this machine and of the chain may lie apart. */
const CLOCKS_APART_SECONDS = 600

/** Who signs, when, and what makes a nonce. */
export interface SweepSigners extends SweepAccounts {
  readonly nowMs: number
  readonly random: RandomBytes
}

/** Signs the transaction of a sweep, and where another account pays the gas, the authorization in it. */
export async function signSweep(
  client: PublicClient,
  plan: SweepPlan,
  signers: SweepSigners
): Promise<SignedSweep> {
  const { payer, owner } = signers
  const { network, amountAtomic, asset, from, to } = plan
  const question = { request: plan, amountAtomic, from, isOwn: owner === payer }
  const [gas, nonce, call] = await Promise.all([
    readGas(client, question),
    client.getTransactionCount({ address: payer.address, blockTag: 'pending' }),
    callOf(client, plan, signers)
  ])
  const bytes = await payer.signTransaction({
    type: 'eip1559',
    chainId: chainIdOf(network),
    nonce,
    ...withinFee(gas, plan),
    ...call.transaction
  })
  return {
    network,
    asset: asset?.address,
    from,
    to,
    amountAtomic,
    transaction: keccak256(bytes),
    ...call.authorization,
    feePayer: payer.address,
    bytes,
    endsAt: BigInt(nonce)
  }
}

/** What was shown is the most that may be taken: a price that has risen since is not paid. */
function withinFee<
  Gas extends { readonly gas: bigint; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
>(gas: Gas, { maxFee }: SweepPlan): Gas {
  const most = maxFee / gas.gas
  const price = least(gas.maxFeePerGas, most)
  const tip = least(gas.maxPriorityFeePerGas, price)
  return { ...gas, maxFeePerGas: price, maxPriorityFeePerGas: tip }
}

function least(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}

/** What a transaction does, and the authorization in it, by which the chain's records know it. */
interface SweepCall {
  readonly transaction: TokenCall | { readonly to: Hex; readonly value: bigint }
  readonly authorization?: Required<Pick<SignedSweep, 'reference' | 'validBefore'>>
}

async function callOf(client: PublicClient, plan: SweepPlan, signers: SweepSigners): Promise<SweepCall> {
  const { asset, to, amountAtomic } = plan
  if (!asset) return { transaction: { to: readAddress(to), value: amountAtomic } }
  if (signers.owner === signers.payer) return { transaction: transferCall({ asset, to, amountAtomic }) }
  return signAuthorization(client, { ...plan, asset }, signers)
}

async function signAuthorization(
  client: PublicClient,
  { network, asset, from, to, amountAtomic }: SweepPlan & { readonly asset: Asset },
  { owner, nowMs, random }: SweepSigners
): Promise<SweepCall> {
  if (asset.transfer !== undefined && asset.transfer !== 'eip3009')
    throw signerFailed(
      network,
      `${asset.symbol} takes no authorization, so that its owner has to pay the gas`
    )
  const domain = await readTokenDomain(client, { network, asset: asset.address, known: asset.domain })
  if (!domain) throw signerFailed(network, `${asset.symbol} does not say in which domain it takes signatures`)
  const nowSeconds = Math.floor(nowMs / 1000)
  const authorization: Authorization = {
    from: readAddress(from),
    to: readAddress(to),
    value: amountAtomic,
    validAfter: BigInt(nowSeconds - CLOCKS_APART_SECONDS),
    validBefore: BigInt(nowSeconds + VALID_SECONDS + CLOCKS_APART_SECONDS),
    nonce: toHex(random(32))
  }
  const signature = await owner.signTypedData(typedDataOf({ domain, authorization }))
  const { nonce: reference, validBefore } = authorization
  return {
    transaction: authorizedCall(asset, authorization, signature),
    authorization: { reference, validBefore }
  }
}

function signerFailed(network: string, reason: string): BursarError<'signer/failed'> {
  return new BursarError('signer/failed', {
    message: `The transfer on ${network} cannot be signed: ${reason}. Nothing was sent.`,
    context: { network, reason },
    moneyState: 'none'
  })
}
