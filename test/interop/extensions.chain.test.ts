import {
  createSIWxResourceServerExtension,
  declareSIWxExtension,
  InMemorySIWxStorage
} from '@x402/extensions/sign-in-with-x'
import { describe, expect, it } from 'vitest'
import { fundWallet, useStack } from '../stack.js'
import { startShop } from './express-shop.js'

const stack = useStack()
const PAYEE = '0x00000000000000000000000000000000000b0b16'
const terms = { scheme: 'exact', price: '$0.01', network: 'eip155:8453', payTo: PAYEE } as const

describe('sign-in-with-x, by the official server', () => {
  /** A priced route and one that asks for a sign-in alone. `domain` is what it says in place of its own. */
  async function signInShop({ domain }: { readonly domain?: string } = {}) {
    const events: string[] = []
    const proofs: string[] = []
    const origin = await startShop(stack.chain, {
      extensions: (at) => [
        createSIWxResourceServerExtension({
          origin: domain ?? at,
          storage: new InMemorySIWxStorage(),
          onEvent: ({ type }) => events.push(type)
        })
      ],
      routes: () => ({
        'GET /report': { accepts: terms, extensions: declareSIWxExtension({ statement: 'Sign in.' }) },
        'GET /mine': {
          accepts: [],
          extensions: declareSIWxExtension({ network: ['eip155:8453'], statement: 'Sign in.' })
        }
      }),
      before(request, _, next) {
        const proof = request.header('sign-in-with-x')
        if (proof) proofs.push(proof)
        next()
      },
      handler: (_, response) => void response.send('the report')
    })
    return { origin, events, proofs }
  }

  it('X6, X7, X11, X18: two calls of a priced route make one settlement and one sign-in', async () => {
    const { origin, events, proofs } = await signInShop()
    const { address, bursar } = await fundWallet(stack)
    const heard: unknown[] = []
    bursar.on('*', (event) => heard.push(event))
    const first = await bursar.fetch(`${origin}/report?day=1`)
    expect([first.status, await first.text(), proofs.length]).toEqual([200, 'the report', 0])
    const second = await bursar.fetch(`${origin}/report?day=2`)
    expect([second.status, await second.text()]).toEqual([200, 'the report'])
    expect(bursar.receiptOf(second)).toBeUndefined()
    expect(events).toEqual(['payment_recorded', 'access_granted'])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
    // X16: nothing that is kept or told holds the proof.
    const purchases: unknown[] = []
    for await (const purchase of bursar.history()) purchases.push(purchase)
    const kept = JSON.stringify([heard, purchases])
    for (const proof of proofs) expect(kept).not.toContain(proof)
  })

  it('X6, X18: accepts [] is answered by a sign-in, and nothing is settled', async () => {
    const { origin, events } = await signInShop()
    const { address, bursar } = await fundWallet(stack)
    const answer = await bursar.fetch(`${origin}/mine`)
    expect([answer.status, await answer.text()]).toEqual([200, 'the report'])
    expect(events).toEqual(['access_granted'])
    expect(await stack.chain.authorizationsUsed(address)).toEqual([])
  })

  it('X13, X18: a challenge for another domain gets no signature', async () => {
    const { origin, events, proofs } = await signInShop({ domain: 'https://bank.example' })
    const { bursar } = await fundWallet(stack)
    await expect(bursar.fetch(`${origin}/mine`)).rejects.toMatchObject({ code: 'proof/challenge-refused' })
    await (await bursar.fetch(`${origin}/report`)).text()
    await (await bursar.fetch(`${origin}/report`)).text()
    expect(proofs).toEqual([])
    expect(events.filter((type) => type === 'access_granted')).toEqual([])
  })

  it('X8, X10, X14: after a proof that is not taken, the payment carries the second challenge', async () => {
    const { origin, events } = await signInShop()
    const { address, bursar } = await fundWallet(stack)
    const answer = await bursar.fetch(`${origin}/report`, { bursar: { signIn: 'always' } })
    expect([answer.status, await answer.text()]).toEqual([200, 'the report'])
    expect(events).toEqual(['payment_recorded'])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  })

  it('signs in nowhere where signIn is false', async () => {
    const { origin, proofs } = await signInShop()
    const { address, bursar } = await fundWallet(stack, { signIn: false })
    for (const _ of [1, 2]) await (await bursar.fetch(`${origin}/report`)).text()
    await expect(bursar.fetch(`${origin}/mine`)).rejects.toMatchObject({ code: 'proof/refused' })
    expect(proofs).toEqual([])
    expect(await stack.chain.authorizationsUsed(address)).toHaveLength(2)
  })
})

describe('paymentFlow, by the official server', () => {
  it('X32: an upfront seller keeps the money when it fails, and the error says so', async () => {
    const origin = await startShop(stack.chain, {
      routes: () => ({ 'GET /x': { accepts: { ...terms, extra: { paymentFlow: 'upfront' } } } }),
      handler: (_, response) => void response.status(500).send('broken')
    })
    const { address, bursar } = await fundWallet(stack)
    const before = await stack.chain.balanceOf(PAYEE)
    const error = await bursar.fetch(`${origin}/x`).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'payment/failed', moneyState: 'settled', context: { status: 500 } })
    expect((await stack.chain.balanceOf(PAYEE)) - before).toBe(10_000n)
    const [used] = await stack.chain.authorizationsUsed(address)
    expect(error).toMatchObject({ context: { transaction: used?.transaction } })
  })
})
