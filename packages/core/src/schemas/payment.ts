import * as z from 'zod/mini'
import { jsonObject } from './field.js'

/**
 * What PAYMENT-SIGNATURE carries. Katana leaves `resource` out. Clients say more, as thirdweb's does, and official servers do not
 * mind.
 *
 * @see x402 v2 specification, section 5.2
 */
export const paymentV2Schema = z.object({
  x402Version: z.literal(2),
  resource: z.optional(jsonObject),
  /** The offer, as the server sent it. */
  accepted: jsonObject,
  /** The scheme's own part, such as {@link exactEvmPayloadSchema}. */
  payload: jsonObject,
  extensions: z.optional(jsonObject)
})

/**
 * What X-PAYMENT carries. Clients say more, as that of @faremeter/fetch 0.22 the asset, and official servers do not mind.
 *
 * @see x402 v1 specification, section 5.2
 */
export const paymentV1Schema = z.object({
  x402Version: z.literal(1),
  scheme: z.string(),
  network: z.string(),
  payload: jsonObject
})

const MAX_UINT256 = 2n ** 256n - 1n
const address = hex(/^0x[0-9a-fA-F]{40}$/)
const nonce = hex(/^0x[0-9a-fA-F]{64}$/)
/** The signature of a contract wallet may have any length. No wallet needs more than 8 KiB. */
const signature = hex(/^0x(?:[0-9a-fA-F]{2}){1,8192}$/)
const decimalUint256 = z.pipe(
  z.string().check(z.regex(/^(?:0|[1-9]\d{0,77})$/)),
  z.transform((text: string) => BigInt(text))
)
const uint256 = decimalUint256.check(z.refine((value) => value <= MAX_UINT256))
const wholeSeconds = z.pipe(
  z.int().check(z.nonnegative()),
  z.transform((seconds: number) => BigInt(seconds))
)

/** The payload of the exact scheme on EVM: every number is a decimal string. @see x402 v2, exact scheme on EVM */
export const exactEvmPayloadSchema = evmPayload(uint256)

/** The same as Katana takes it: the times as JSON numbers, as in its sample, or as decimal strings. */
export const katanaEvmPayloadSchema = evmPayload(z.union([wholeSeconds, uint256]))

/** Base64 of 1232 bytes, the largest size of a transaction. */
const transaction = z.base64().check(z.maxLength(1644))

/** The payload of the exact scheme on Solana. @see x402 v2, exact scheme on SVM */
export const exactSolanaPayloadSchema = z.strictObject({ transaction })

/** The same as Katana takes it: it names the payer. */
export const katanaSolanaPayloadSchema = z.strictObject({
  payer: z.string().check(z.maxLength(44)),
  transaction
})

function evmPayload<Time extends z.ZodMiniType<bigint>>(time: Time) {
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

function hex(pattern: RegExp) {
  return z.custom<`0x${string}`>((value) => typeof value === 'string' && pattern.test(value))
}
