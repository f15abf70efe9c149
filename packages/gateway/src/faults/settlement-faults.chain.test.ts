import { describe, expect, it } from 'vitest'
import { startGateway } from '../start-gateway.js'
import { imageBody, payForImages, postImages } from '../testing/katana.js'
import { challengeOf, decode } from '../testing/payer.js'
import { useStack } from '../testing/stack.js'
import { getReport, payForReport } from '../testing/standard.js'

const stack = useStack()

async function payment(): Promise<RequestInit> {
  return { headers: { 'PAYMENT-SIGNATURE': await payForReport(stack.gateway, stack.payer) } }
}

function taken(): Promise<bigint> {
  return stack.chain.balanceOf(stack.gateway.payTo.base)
}

describe('answer-lost-before-settling', () => {
  it('takes nothing, and the same payment pays later', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('answer-lost-before-settling')
    await expect(getReport(stack.gateway, paying)).rejects.toThrow(TypeError)
    expect(await taken()).toBe(before)
    expect((await getReport(stack.gateway, paying)).status).toBe(200)
    expect(await taken()).toBe(before + 10_000n)
  })
})

describe('answer-lost-after-settling', () => {
  it('takes the payment, and the same one gets the answer later', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('answer-lost-after-settling', { times: 2 })
    await expect(getReport(stack.gateway, paying)).rejects.toThrow(TypeError)
    await expect(getReport(stack.gateway, paying)).rejects.toThrow(TypeError)
    expect(await taken()).toBe(before + 10_000n)
    expect((await getReport(stack.gateway, paying)).status).toBe(200)
    expect(await taken()).toBe(before + 10_000n)
  })

  it('is seen in the requests with status 0', async () => {
    const paying = await payment()
    stack.gateway.faults.next('answer-lost-after-settling')
    await getReport(stack.gateway, paying).catch(() => {})
    expect(stack.gateway.requests.at(-1)).toEqual({
      method: 'GET',
      path: '/standard/v2/report',
      paid: true,
      status: 0
    })
  })

  it('with replay: reject leaves the payer with a used nonce and no answer', async () => {
    const strict = await startGateway({ base: stack.chain, replay: 'reject' })
    const paying = { headers: { 'PAYMENT-SIGNATURE': await payForReport(strict, stack.payer) } }
    strict.faults.next('answer-lost-after-settling')
    await expect(getReport(strict, paying)).rejects.toThrow(TypeError)
    expect(challengeOf(await getReport(strict, paying)).error).toBe('nonce_already_used')
    await strict.stop()
  })
})

describe('error-500-after-settling', () => {
  it('takes the payment and reports no receipt', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('error-500-after-settling')
    const response = await getReport(stack.gateway, paying)
    expect(response.status).toBe(500)
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
    expect(await taken()).toBe(before + 10_000n)
    expect((await getReport(stack.gateway, paying)).status).toBe(200)
  })
})

describe('error-402-after-settling', () => {
  it('peers defect 11: takes the payment and asks for another', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('error-402-after-settling')
    const response = await getReport(stack.gateway, paying)
    expect(response.status).toBe(402)
    expect(challengeOf(response)).toMatchObject({ error: 'Payment required', accepts: [{ amount: '10000' }] })
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
    expect(await taken()).toBe(before + 10_000n)
  })
})

describe('settlement-pending', () => {
  it('sends the transfer and does not wait for it; the work is done when the payment comes again', async () => {
    const before = await taken()
    const body = imageBody({ prompt: 'pending' })
    const header = { 'PAYMENT-SIGNATURE': await payForImages(stack.gateway, stack.payer, body) }
    stack.gateway.faults.next('settlement-pending')
    const pending = await postImages(stack.gateway, body, header)
    expect(pending.status).toBe(402)
    expect(pending.headers.get('PAYMENT-REQUIRED')).toBeNull()
    const receipt = decode(pending.headers.get('PAYMENT-RESPONSE'))
    expect(receipt).toMatchObject({ success: false, errorReason: 'settlement_pending' })
    const [first, second] = await Promise.all([
      postImages(stack.gateway, body, header),
      postImages(stack.gateway, body, header)
    ])
    expect(first.status).toBe(200)
    expect(decode(first.headers.get('PAYMENT-RESPONSE')).transaction).toBe(receipt.transaction)
    // One job, though two arrivals found the transfer landed.
    expect(await second.text()).toBe(await first.text())
    expect(await taken()).toBe(before + 19_538n)
  })

  it('with lands: false never sends it, and stays pending', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('settlement-pending', { lands: false })
    for (const _time of ['first', 'second']) {
      const response = await getReport(stack.gateway, paying)
      expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({
        errorReason: 'settlement_pending'
      })
    }
    expect(await taken()).toBe(before)
  })
})

describe('payment-rejected', () => {
  it('rejects a valid payment with a new challenge, and takes it the next time', async () => {
    const before = await taken()
    const paying = { headers: { 'PAYMENT-SIGNATURE': await payForReport(stack.gateway, stack.payer) } }
    stack.gateway.faults.next('payment-rejected')
    const rejected = await getReport(stack.gateway, paying)
    expect([rejected.status, challengeOf(rejected).error]).toEqual([402, 'simulation_failed'])
    expect(await taken()).toBe(before)
    expect((await getReport(stack.gateway, paying)).status).toBe(200)
  })
})
