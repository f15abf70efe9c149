import { getAddress, type Hex } from 'viem'
import * as z from 'zod'

const MAX_UINT256 = 2n ** 256n - 1n

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => getAddress(text))
const uint256 = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,77})$/)
  .transform((text) => BigInt(text))
  .refine((value) => value <= MAX_UINT256)

function hex(pattern: RegExp) {
  return z.custom<Hex>((value) => typeof value === 'string' && pattern.test(value))
}

const exactWitness = z.strictObject({ to: address, validAfter: uint256 })
const uptoWitness = z.strictObject({ to: address, facilitator: address, validAfter: uint256 })

function payloadWith<Witness extends typeof exactWitness | typeof uptoWitness>(witness: Witness) {
  const permitted = z.strictObject({ token: address, amount: uint256 })
  return z.strictObject({
    /** The signature of a contract wallet may have any length. No wallet needs more than 8 KiB. */
    signature: hex(/^0x(?:[0-9a-fA-F]{2}){1,8192}$/),
    permit2Authorization: z.strictObject({
      from: address,
      permitted,
      spender: address,
      nonce: uint256,
      deadline: uint256,
      witness
    })
  })
}

/** The payload of either scheme by Permit2: every number is a decimal string. @see x402 v2, exact and upto on EVM */
export const permit2Schemas = { exact: payloadWith(exactWitness), upto: payloadWith(uptoWitness) } as const

/** A payment by Permit2 with its signature. The witness of upto names the facilitator that may settle it. */
export type Permit2Payload = z.infer<(typeof permit2Schemas)[keyof typeof permit2Schemas]>

/** The permit of a token whose gas the facilitator pays. @see x402 v2 extension `eip2612GasSponsoring` */
export const tokenPermitSchema = z.object({
  from: address,
  asset: address,
  spender: address,
  amount: uint256,
  nonce: uint256,
  deadline: uint256,
  signature: hex(/^0x[0-9a-fA-F]{130}$/),
  version: z.string().regex(/^\d+(?:\.\d+)*$/)
})

/** A permit of a token, read. */
export type TokenPermit = z.infer<typeof tokenPermitSchema>
