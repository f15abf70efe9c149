import { isBursarError, type Ledger, type Purchase, type Reservation } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import type { Bursar } from 'bursar'
import fc from 'fast-check'
import { createWalletClient, http, parseAbi } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, it } from 'vitest'
import { fundWallet, imageRequest, imageUrl, type Stack, useStack } from './stack.js'

const stack = useStack()
const LIMIT_ATOMIC = 200_000n

const faults = [
  'none',
  'answer-lost-before-settling',
  'answer-lost-after-settling',
  'answer-lost-after-settling*2',
  'answer-lost-after-settling*9',
  'error-500-after-settling',
  'refuse-402-after-settling',
  'answer-cut',
  'settlement-pending',
  'wrong-payee',
  'price-above-quote',
  'wrong-domain',
  'timeout-seconds-1e9',
  'response-header-malformed'
]

/** A ledger that also tells which call each signed authorization was for. */
function watchedLedger(): { ledger: Ledger; signed: Map<string, Purchase> } {
  const inner = memoryLedger()
  const signed = new Map<string, Purchase>()
  const ledger: Ledger = {
    ...inner,
    reserve: (reservation: Reservation) => inner.reserve(reservation),
    async advance(id, event) {
      const purchase = await inner.advance(id, event)
      if (event.type === 'signed') signed.set(event.payment.reference, purchase)
      return purchase
    }
  }
  return { ledger, signed }
}

/** Hands the chain every authorization that was ever signed, as a thief of all of them would. */
async function settleAll({ chain }: Stack, purchases: Iterable<Purchase>): Promise<void> {
  const [, , , thief] = chain.accounts
  if (!thief) throw new TypeError('anvil has too few accounts')
  const wallet = createWalletClient({
    account: privateKeyToAccount(thief.privateKey),
    transport: http(chain.rpcUrl)
  })
  const abi = parseAbi([
    'function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, bytes signature)'
  ])
  for (const { header } of purchases) {
    if (!header) continue
    const { payload } = JSON.parse(Buffer.from(header.value, 'base64').toString())
    const { from, to, value, validAfter, validBefore, nonce } = payload.authorization
    const args = [
      from,
      to,
      BigInt(value),
      BigInt(validAfter),
      BigInt(validBefore),
      nonce,
      payload.signature
    ] as const
    await wallet
      .writeContract({
        address: chain.usdc,
        abi,
        functionName: 'transferWithAuthorization',
        args,
        chain: null
      })
      .catch(() => {})
  }
}

/** A caller that tries again until it has its answer or has had enough. */
async function callUntilAnswered(
  bursar: Bursar,
  fault: string,
  retries: number,
  index: number
): Promise<void> {
  const init = imageRequest(`call ${index}`, fault === 'none' ? {} : { 'X-Gateway-Fault': fault })
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      const response = await bursar.fetch(imageUrl(stack), {
        ...init,
        bursar: { labels: { call: String(index) } }
      })
      await response.text()
      if (response.ok) return
    } catch (error) {
      // A body that breaks off fails its reader with the network's own error.
      if (!isBursarError(error)) expect(fault).toBe('answer-cut')
    }
  }
}

it('peers defects 2, 3, 7 and 11: whatever fails, each purchase settles at most once and the limit holds, even if every authorization is settled in the end', async () => {
  const call = fc.record({ fault: fc.constantFrom(...faults), retries: fc.nat(3) })
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 25 }), async (calls) => {
      const { ledger, signed } = watchedLedger()
      const limits = { payment: '0.25', total: '0.2' }
      const { address, bursar } = await fundWallet(stack, { ledger, limits })
      const before = await stack.chain.balanceOf(address)
      await Promise.all(
        calls.map(({ fault, retries }, index) => callUntilAnswered(bursar, fault, retries, index))
      )
      await settleAll(stack, signed.values())
      const perCall = new Map<string, number>()
      for (const { nonce } of await stack.chain.authorizationsUsed(address)) {
        const name = signed.get(nonce)?.labels.call ?? 'an authorization that no purchase knows'
        perCall.set(name, (perCall.get(name) ?? 0) + 1)
      }
      expect([...perCall.entries()].filter(([, count]) => count > 1)).toEqual([])
      expect(before - (await stack.chain.balanceOf(address))).toBeLessThanOrEqual(LIMIT_ATOMIC)
      await bursar.close()
    }),
    { numRuns: 6, endOnFailure: true }
  )
})
