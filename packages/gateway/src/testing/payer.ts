import { randomBytes } from 'node:crypto'
import type { JsonObject } from '@bursar/core'
import type { BaseChain } from '@bursar/localchain'
import type { Address, Hex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import * as z from 'zod'

/** A wallet that pays by hand: viem signs, `Buffer` encodes, and nothing of Bursar takes part. */
export interface Payer {
  readonly key: Hex
  readonly address: Address
  /** Signs an authorization for an offer. Whatever is given replaces what an honest client would say. */
  authorize(offer: JsonObject, changes?: AuthorizationChanges): Promise<JsonObject>
}

/** What a dishonest or careless client may get wrong. */
export interface AuthorizationChanges {
  readonly to?: Address
  readonly value?: bigint
  readonly validAfter?: number
  readonly validBefore?: number
  readonly nonce?: Hex
  /** Wire form of the times. */
  readonly times?: 'numbers' | 'strings'
  readonly domain?: { readonly name?: string; readonly version?: string; readonly chainId?: number }
  readonly verifyingContract?: Address
  /** Says that another wallet pays. */
  readonly from?: Address
}

const transferTypes = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const

/** A new wallet with USDC. `fundsAtomic`: `1_000_000n = 1 USDC`. */
export async function fundPayer(chain: BaseChain, fundsAtomic = 10_000_000n): Promise<Payer> {
  const key = generatePrivateKey()
  const account = privateKeyToAccount(key)
  if (fundsAtomic > 0n) await chain.mint(account.address, fundsAtomic)
  return {
    key,
    address: account.address,
    authorize: async (offer, changes = {}) => {
      const nowSeconds = Math.max(await chain.nowSeconds(), Math.floor(Date.now() / 1000))
      const amount = String(offer.amount ?? offer.maxAmountRequired)
      const authorization = {
        from: changes.from ?? account.address,
        to: changes.to ?? (offer.payTo as Address),
        value: changes.value ?? BigInt(amount),
        validAfter: BigInt(changes.validAfter ?? 0),
        validBefore: BigInt(changes.validBefore ?? nowSeconds + 300),
        nonce: changes.nonce ?? (`0x${randomBytes(32).toString('hex')}` as const)
      }
      const signature = await account.signTypedData({
        domain: {
          name: 'USD Coin',
          version: '2',
          chainId: 8453,
          ...changes.domain,
          verifyingContract: changes.verifyingContract ?? (offer.asset as Address)
        },
        types: transferTypes,
        primaryType: 'TransferWithAuthorization',
        message: authorization
      })
      const time = (seconds: bigint) => (changes.times === 'numbers' ? Number(seconds) : String(seconds))
      return {
        authorization: {
          ...authorization,
          value: String(authorization.value),
          validAfter: time(authorization.validAfter),
          validBefore: time(authorization.validBefore)
        },
        signature
      }
    }
  }
}

const challengeSchema = z.object({
  x402Version: z.number(),
  error: z.string(),
  accepts: z.array(z.custom<JsonObject>((value) => typeof value === 'object' && value !== null))
})

/** A decoded challenge. */
export type Challenge = z.infer<typeof challengeSchema>

/** Encodes a header. */
export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64')
}

/** Decodes a header to JSON. */
export function decode(header: string | null): JsonObject {
  if (header === null) throw new TypeError('The header is missing')
  return JSON.parse(Buffer.from(header, 'base64').toString()) as JsonObject
}

/** The challenge in a v2 402. */
export function challengeOf(response: Response): Challenge {
  return challengeSchema.parse(decode(response.headers.get('PAYMENT-REQUIRED')))
}

/** The first offer of a 402. */
export function firstOffer(response: Response): JsonObject {
  const [offer] = challengeOf(response).accepts
  if (!offer) throw new TypeError('The challenge offers nothing')
  return offer
}
