import type { Address, Hex } from 'viem'
import * as z from 'zod'

const MAX_UINT256 = 2n ** 256n - 1n

const address = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value))
const nonce = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value))
// The signature of a contract wallet may have any length. No wallet needs more than 8 KiB.
const signature = z.custom<Hex>(
  (value) => typeof value === 'string' && value.length <= 16_386 && /^0x(?:[0-9a-fA-F]{2})+$/.test(value)
)
const uint256 = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,77})$/)
  .transform(BigInt)
  .refine((value) => value <= MAX_UINT256)
const seconds = z.int().nonnegative().transform(BigInt)

function exactPayload<Time extends z.ZodType<bigint>>(time: Time) {
  const authorization = z.strictObject({
    from: address,
    to: address,
    value: uint256,
    validAfter: time,
    validBefore: time,
    nonce
  })
  return z.strictObject({ authorization, signature })
}

/** The standard's payload: every number is a decimal string. @see x402 v2, exact scheme on EVM */
export const standardPayload = exactPayload(uint256)

/** Katana's payload. Its sample has the times as JSON numbers; strings are accepted too (Katana 35). */
export const katanaPayload = exactPayload(z.union([seconds, uint256]))

/** An EIP-3009 authorization with its signature. */
export type ExactPayload = z.infer<typeof standardPayload>

/** The fields that are signed. */
export type Authorization = ExactPayload['authorization']
