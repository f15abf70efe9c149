import { generatePrivateKey } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import { imageBody, payForImages, postImages } from '../../testing/katana.js'
import { challengeOf, fundPayer } from '../../testing/payer.js'
import { useStack } from '../../testing/stack.js'
import { balanceOf, buy, call, proofHeader, topUp } from '../../testing/wallet.js'
import { walletProof } from '../../testing/wallet-proof.js'

const stack = useStack()
const newPayer = () => fundPayer(stack.chain)
const chat = { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 16 }
const completions = '/v1/chat/completions'

describe('a top-up', () => {
  it('Katana 5 and 54: costs the amount that is asked for, and gas', async () => {
    const response = await call(stack.gateway, '/v1/x402/top-up', { amount_usdc: '1.00' })
    expect(response.status).toBe(402)
    expect(challengeOf(response).accepts[0]).toMatchObject({
      amount: '1003938',
      extra: { subtotalUsd: '1.000000', estimatedGasUsd: '0.003938' }
    })
  })

  it('Katana 55 and 56: is credited to the wallet that paid, whatever the body says', async () => {
    const payer = await newPayer()
    const body = { amount_usdc: '0.5', wallet_address: '0x0000000000000000000000000000000000000001' }
    const response = await buy(stack.gateway, payer, '/v1/x402/top-up', body)
    expect(await response.json()).toEqual({
      wallet_address: payer.address.toLowerCase(),
      network: 'eip155:8453',
      asset: stack.chain.usdc,
      credited_usdc: '0.5',
      paid_usdc: '0.503938',
      balance_usdc: '0.5',
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/)
    })
    expect(await balanceOf(stack.gateway, payer)).toBe('0.5')
  })

  it.each(['0', '-1', '0.0000001', '1e3', '', 1, null, undefined])(
    'Katana 57: of %j is rejected',
    async (amount) => {
      const response = await call(
        stack.gateway,
        '/v1/x402/top-up',
        amount === undefined ? {} : { amount_usdc: amount }
      )
      expect(response.status).toBe(400)
      expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
    }
  )

  it('can be credited late, or never', async () => {
    const payer = await newPayer()
    stack.gateway.faults.next('credit-delayed', { delayMs: 20 })
    expect(await topUp(stack.gateway, payer, '1')).toMatchObject({ credited_usdc: '1', balance_usdc: '0' })
    await expect.poll(() => balanceOf(stack.gateway, payer)).toBe('1')
    stack.gateway.faults.next('credit-never')
    expect(await topUp(stack.gateway, payer, '1')).toMatchObject({ credited_usdc: '1', balance_usdc: '1' })
  })
})

describe('a balance', () => {
  it('Katana 64: is shown to nobody without a proof', async () => {
    const { address } = await newPayer()
    for (const path of ['balance', 'transactions']) {
      expect((await call(stack.gateway, `/v1/x402/${path}/${address}`)).status).toBe(401)
    }
  })

  it('Katana 65: is not shown to another wallet', async () => {
    const [payer, other] = [await newPayer(), await newPayer()]
    const path = `/v1/x402/balance/${payer.address}`
    expect((await call(stack.gateway, path, undefined, await proofHeader(other))).status).toBe(403)
  })

  it('Katana 66 and 67: of a wallet that nobody funded is zero, reported without a wrapper', async () => {
    const payer = await newPayer()
    const proof = await proofHeader(payer)
    const balance = await call(stack.gateway, `/v1/x402/balance/${payer.address}`, undefined, proof)
    expect(await balance.json()).toMatchObject({ balance_usdc: '0', network: 'eip155:8453' })
    const movements = await call(stack.gateway, `/v1/x402/transactions/${payer.address}`, undefined, proof)
    expect(await movements.json()).toMatchObject({ transactions: [], next_cursor: null })
  })

  it('Katana 66: lists every movement, newest first, page by page', async () => {
    const payer = await newPayer()
    for (const amount of ['0.1', '0.2', '0.3']) await topUp(stack.gateway, payer, amount)
    const path = `/v1/x402/transactions/${payer.address}?limit=2`
    const first = await (await call(stack.gateway, path, undefined, await proofHeader(payer))).json()
    expect(first.transactions).toMatchObject([
      { type: 'top_up', amount_usdc: '0.3', balance_usdc: '0.6' },
      { type: 'top_up', amount_usdc: '0.2', balance_usdc: '0.3' }
    ])
    const next = `${path}&cursor=${first.next_cursor}`
    const second = await (await call(stack.gateway, next, undefined, await proofHeader(payer))).json()
    expect(second).toMatchObject({ transactions: [{ amount_usdc: '0.1' }], next_cursor: null })
  })

  it('Katana 74: is not shown for Venice’s proof', async () => {
    const payer = await newPayer()
    const proof = await walletProof(payer.key, {
      message: () => `venice.ai wants you to sign in\n${payer.address}`
    })
    const path = `/v1/x402/balance/${payer.address}`
    expect((await call(stack.gateway, path, undefined, { 'X-Sign-In-With-X': proof })).status).toBe(401)
  })
})

describe('a call with a proof', () => {
  it('Katana 68, 70 and 71: takes the reserve from the balance and gives back what was not used', async () => {
    const payer = await newPayer()
    const refused = await call(stack.gateway, completions, chat, await proofHeader(payer))
    expect(refused.status).toBe(402)
    await topUp(stack.gateway, payer, '0.1')
    const response = await call(stack.gateway, completions, chat, await proofHeader(payer))
    expect(response.status).toBe(200)
    const { usage } = await response.json()
    expect(usage.imgnai).toMatchObject({
      paid_usdc: '0.00052',
      wallet_balance_after_usdc: '0.09948',
      billing_source: 'x402_wallet_balance'
    })
    expect(Object.keys(usage.imgnai).filter((name) => name.startsWith('credits'))).toEqual([])
    expect(await balanceOf(stack.gateway, payer)).toBe('0.09948')
  })

  it('Katana 69: that costs more than there is reports the shortfall, and debits nothing', async () => {
    const payer = await newPayer()
    await topUp(stack.gateway, payer, '0.01')
    const response = await call(stack.gateway, completions, chat, await proofHeader(payer))
    expect(response.status).toBe(402)
    expect(challengeOf(response)).toMatchObject({
      error: 'Insufficient wallet balance',
      accepts: [{ extra: { subtotalUsd: '0.042000' } }]
    })
    expect(await response.json()).toMatchObject({
      error: { code: 'insufficient_balance', details: { top_up_usdc: '0.042' } }
    })
    expect(await balanceOf(stack.gateway, payer)).toBe('0.01')
  })

  it('Katana 73: many at once cannot spend the same balance twice', async () => {
    const payer = await newPayer()
    const images = JSON.parse(imageBody())
    // Two images at 10 credits and $0.052 each fit, and not three.
    const price = challengeOf(await call(stack.gateway, '/v1/generation-requests', images)).accepts[0]
    const { subtotalUsd } = (price?.extra ?? {}) as { subtotalUsd: string }
    await topUp(stack.gateway, payer, (Number(subtotalUsd) * 2.5).toFixed(6))
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const response = await call(
          stack.gateway,
          '/v1/generation-requests',
          images,
          await proofHeader(payer)
        )
        return response.status
      })
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(2)
    expect(statuses.filter((status) => status === 402)).toHaveLength(10)
  })

  it('Katana 49: leaves the balance alone when it is paid for by a payment', async () => {
    const payer = await newPayer()
    await topUp(stack.gateway, payer, '1')
    const payment = await payForImages(stack.gateway, payer, imageBody())
    expect((await postImages(stack.gateway, imageBody(), { 'PAYMENT-SIGNATURE': payment })).status).toBe(200)
    expect(await balanceOf(stack.gateway, payer)).toBe('1')
  })

  it('Katana 72: for another network finds nothing of this one’s', async () => {
    const payer = await newPayer()
    await topUp(stack.gateway, payer, '1')
    const proof = await walletProof(payer.key, { network: 'eip155:84532' })
    const response = await call(stack.gateway, completions, chat, { 'X-Sign-In-With-X': proof })
    expect(response.status).toBe(402)
    expect(await balanceOf(stack.gateway, payer)).toBe('1')
  })

  it('Katana 146: gets back what a job cost that failed', async () => {
    const payer = await newPayer()
    await topUp(stack.gateway, payer, '1')
    stack.gateway.faults.next('job-fails')
    const images = JSON.parse(imageBody())
    const path = '/v1/generation-requests?wait=true'
    const job = await (await call(stack.gateway, path, images, await proofHeader(payer))).json()
    expect(job).toMatchObject({ status: 'failed', poll_after_seconds: null })
    await expect.poll(() => balanceOf(stack.gateway, payer)).toBe('1')
  })

  it('of nobody is rejected', async () => {
    const proof = await walletProof(generatePrivateKey(), { issuedAt: 1 })
    const response = await call(stack.gateway, completions, chat, { 'X-Sign-In-With-X': proof })
    expect(response.status).toBe(401)
  })
})
