import { checkRates } from '@bursar/core'
import * as z from 'zod'
import { HERE, httpUrl, networkId, text } from './checked.js'

const network = z.strictObject({
  id: networkId,
  family: z.enum(['eip155', 'solana']),
  name: text('name'),
  v1Name: text('name').exactOptional(),
  isTest: z.boolean()
})

const asset = z.strictObject({
  network: networkId,
  address: text('token address'),
  symbol: text('symbol'),
  decimals: z.int().min(0).max(36),
  currency: text('currency'),
  domain: z.strictObject({ name: z.string(), version: z.string() }).exactOptional(),
  transfer: z.enum(['eip3009', 'permit2', 'permit2+eip2612']).exactOptional()
})

/** Networks and tokens beyond those of x402's official client. */
export const known = z.strictObject({
  networks: z.array(network).exactOptional(),
  assets: z.array(asset).exactOptional()
})

/** Endpoints by network: one URL, or several in order. */
export const rpcUrls = z.record(networkId, z.union([httpUrl, z.array(httpUrl).min(1)]))

/** What one unit of a token is worth in dollars, by its symbol. */
export const rates = z.record(text('symbol'), rate())

function rate() {
  return z
    .string({ error: `${HERE} must be dollars for one unit, as text in quotes, such as "1.08"` })
    .superRefine((value, issues) => {
      try {
        checkRates({ rate: value }, '')
      } catch {
        issues.addIssue({
          code: 'custom',
          message: `${HERE} must be dollars for one unit, such as "1.08", not "${value.slice(0, 40)}"`
        })
      }
    })
}
