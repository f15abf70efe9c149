import { randomBytes } from 'node:crypto'
import type { JsonObject } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import { type Address, createWalletClient, erc20Abi, type Hex, http, maxUint256 } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import * as z from 'zod'
import { exactProxy, exactTypes, PERMIT2, uptoProxy, uptoTypes } from '../facilitator/permit2/contracts.js'

/** What a dishonest or careless client may get wrong. */
export interface Permit2Changes {
  readonly to?: Address
  readonly token?: Address
  readonly amount?: bigint
  readonly spender?: Address
  readonly facilitator?: Address
  readonly validAfter?: bigint
  readonly deadline?: bigint
  readonly nonce?: bigint
  readonly chainId?: number
}

const address = z.custom<Address>((value) => typeof value === 'string')
const offerSchema = z.object({
  scheme: z.enum(['exact', 'upto']),
  amount: z.string().transform(BigInt),
  asset: address,
  payTo: address,
  extra: z.object({ facilitatorAddress: address.optional() })
})

/** Has an account allow Permit2 to take its USDC, as its owner does once. */
export async function approvePermit2(chain: BaseChain, key: Hex): Promise<void> {
  const account = privateKeyToAccount(key)
  await chain.fundGas(account.address)
  const client = createWalletClient({ account, transport: http(chain.rpcUrl) })
  const call = { address: chain.usdc, abi: erc20Abi, functionName: 'approve', chain: null } as const
  const hash = await client.writeContract({ ...call, args: [PERMIT2, maxUint256] })
  await chain.awaitReceipt(hash)
}

/** Signs a payment by Permit2 for an offer. Whatever is given replaces what an honest client would say. */
export async function signPermit2(
  { chain, key }: { readonly chain: BaseChain; readonly key: Hex },
  offer: JsonObject,
  changes: Permit2Changes = {}
) {
  const account = privateKeyToAccount(key)
  const { scheme, amount, asset, payTo, extra } = offerSchema.parse(offer)
  const { to = payTo, token = asset, validAfter = 0n, chainId = 8453 } = changes
  const spender = changes.spender ?? (scheme === 'upto' ? uptoProxy : exactProxy).address
  const permit = {
    permitted: { token, amount: changes.amount ?? amount },
    spender,
    nonce: changes.nonce ?? BigInt(`0x${randomBytes(32).toString('hex')}`),
    deadline: changes.deadline ?? BigInt((await chain.nowSeconds()) + 300)
  }
  const signed = {
    domain: { name: 'Permit2', chainId, verifyingContract: PERMIT2 },
    primaryType: 'PermitWitnessTransferFrom'
  } as const
  const facilitator = changes.facilitator ?? extra.facilitatorAddress ?? payTo
  const exactWitness = { to, validAfter }
  const uptoWitness = { to, facilitator, validAfter }
  const signature =
    scheme === 'upto'
      ? await account.signTypedData({
          ...signed,
          types: uptoTypes,
          message: { ...permit, witness: uptoWitness }
        })
      : await account.signTypedData({
          ...signed,
          types: exactTypes,
          message: { ...permit, witness: exactWitness }
        })
  const witness = scheme === 'upto' ? uptoWitness : exactWitness
  return {
    signature,
    permit2Authorization: {
      from: account.address,
      permitted: { token, amount: String(permit.permitted.amount) },
      spender,
      nonce: String(permit.nonce),
      deadline: String(permit.deadline),
      witness: { ...witness, validAfter: String(validAfter) }
    }
  }
}

const permitTypes = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' }
  ]
} as const

/** The first permit of an account by which Permit2 may take USDC, as a payment carries it. @see EIP-2612 */
export async function signTokenPermit(
  { chain, key }: { readonly chain: BaseChain; readonly key: Hex },
  amount: bigint
): Promise<Record<string, string>> {
  const account = privateKeyToAccount(key)
  const deadline = BigInt((await chain.nowSeconds()) + 300)
  const signature = await account.signTypedData({
    domain: { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: chain.usdc },
    types: permitTypes,
    primaryType: 'Permit',
    message: { owner: account.address, spender: PERMIT2, value: amount, nonce: 0n, deadline }
  })
  return {
    version: '1',
    from: account.address,
    asset: chain.usdc,
    spender: PERMIT2,
    amount: String(amount),
    nonce: '0',
    deadline: String(deadline),
    signature
  }
}
