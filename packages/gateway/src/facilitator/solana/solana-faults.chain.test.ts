import { startSolana } from '@bursar/localchain/solana'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../../start-gateway.js'
import { challengeOf, decode, encode } from '../../testing/payer.js'
import { ask, headerFor, offerOf, SLOT_TIME_MS, useSolanaStack } from '../../testing/solana-stack.js'

const stack = useSolanaStack()

describe('faults', () => {
  it('an answer that is lost has settled, and comes from the record the next time', async () => {
    const before = await stack.taken()
    const header = await headerFor(stack, 'standard')
    stack.gateway.faults.next('answer-lost-after-settling')
    await expect(ask(stack.gateway, 'standard', header)).rejects.toThrow()
    expect((await ask(stack.gateway, 'standard', header)).status).toBe(200)
    expect(await stack.taken()).toBe(before + 10_000n)
  })

  it('a settlement that never lands is pending under the name that it would have', async () => {
    const before = await stack.taken()
    const header = await headerFor(stack, 'standard')
    stack.gateway.faults.next('settlement-pending', { lands: false })
    const response = await ask(stack.gateway, 'standard', header)
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({
      success: false,
      errorReason: 'settlement_pending',
      transaction: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{80,90}$/)
    })
    expect(await stack.taken()).toBe(before)
  })

  it('Katana 43: a blockhash that expires is failed with BlockhashNotFound, and cannot be sent any more', async () => {
    const before = await stack.taken()
    const header = await headerFor(stack, 'katana')
    stack.gateway.faults.next('blockhash-not-found')
    const response = await ask(stack.gateway, 'katana', header)
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({
      success: false,
      errorReason: 'blockhash_not_found'
    })
    expect(challengeOf(await ask(stack.gateway, 'katana', header)).error).toBe('blockhash_not_found')
    expect(await stack.taken()).toBe(before)
  })

  it('a payee that is not ours cannot be paid here: the fee payer would not be ours either', async () => {
    stack.gateway.faults.next('wrong-payee')
    const accepted = await offerOf(stack.gateway, 'katana')
    expect(accepted.payTo).not.toBe(stack.gateway.payTo.solana)
    const payload = await stack.wallet.pay(accepted, { creates: true })
    const response = await ask(stack.gateway, 'katana', encode({ x402Version: 2, accepted, payload }))
    expect(challengeOf(response).error).toBe('fee_payer_unknown')
  })
})

describe('a node that cannot be asked', () => {
  it('is no verdict: 502, and nothing of the RPC address', async () => {
    const other = await startSolana({ slotTimeMs: SLOT_TIME_MS })
    await using cut = await startGateway({ solana: other })
    const payment = await headerFor({ gateway: cut, wallet: stack.wallet }, 'standard')
    await other.stop()
    const response = await ask(cut, 'standard', payment)
    expect(response.status).toBe(502)
    expect(await response.text()).not.toContain(other.rpcUrl)
  })
})
