import { systemClock } from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../start-gateway.js'
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

describe('slow', () => {
  it('waits for as long and as often as it says', async () => {
    const waited: number[] = []
    const clock = { ...systemClock, sleep: async (ms: number) => void waited.push(ms) }
    const gateway = await startGateway({ base: stack.chain, clock })
    onTestFinished(() => gateway.stop())
    gateway.faults.next('slow', { delayMs: 150, times: 2 })
    await getReport(gateway)
    const payment = await payForReport(gateway, stack.payer)
    expect(waited).toEqual([150, 150])
    await getReport(gateway, { headers: { 'PAYMENT-SIGNATURE': payment } })
    expect(waited).toEqual([150, 150])
  })

  it('with when: settled takes the payment first, so that who gives up has paid', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('slow', { delayMs: 600_000, when: 'settled', leg: 'paid' })
    const impatience = new AbortController()
    const impatient = getReport(stack.gateway, { ...paying, signal: impatience.signal })
    const given = expect(impatient).rejects.toThrow()
    await expect.poll(taken).toBe(before + 10_000n)
    impatience.abort()
    await given
  })
})

describe('redirect-to-other-origin', () => {
  it('peers defect 5: sends the paid request elsewhere, and takes nothing', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('redirect-to-other-origin', { to: 'http://127.0.0.1:9' })
    const response = await getReport(stack.gateway, { ...paying, redirect: 'manual' }, '?page=1')
    expect(response.status).toBe(307)
    expect(response.headers.get('Location')).toBe('http://127.0.0.1:9/standard/v2/report?page=1')
    expect(await taken()).toBe(before)
  })

  it('can take the unpaid leg, to a place of its own', async () => {
    stack.gateway.faults.next('redirect-to-other-origin', {
      to: 'http://127.0.0.1:9/trap?x=1',
      leg: 'unpaid'
    })
    const response = await getReport(stack.gateway, { redirect: 'manual' })
    expect(response.headers.get('Location')).toBe('http://127.0.0.1:9/trap?x=1')
  })

  it('cannot be armed without a target', () => {
    expect(() => stack.gateway.faults.next('redirect-to-other-origin')).toThrow(TypeError)
  })
})

describe('clock-far-off', () => {
  it('shows in the Date header', async () => {
    stack.gateway.faults.next('clock-far-off', { offsetSeconds: -86_400 })
    const date = Date.parse((await getReport(stack.gateway)).headers.get('Date') ?? '')
    expect(Math.abs(date + 86_400_000 - Date.now())).toBeLessThan(60_000)
  })

  it('makes the gateway reject an honest payment as too short or too early', async () => {
    const ahead = await payment()
    stack.gateway.faults.next('clock-far-off', { leg: 'paid' })
    expect(challengeOf(await getReport(stack.gateway, ahead)).error).toBe('valid_before_too_soon')
    const validAfter = Math.floor(Date.now() / 1000) - 60
    const behind = await payForReport(stack.gateway, stack.payer, { validAfter })
    stack.gateway.faults.next('clock-far-off', { leg: 'paid', offsetSeconds: -21_600 })
    const refused = await getReport(stack.gateway, { headers: { 'PAYMENT-SIGNATURE': behind } })
    expect(challengeOf(refused).error).toBe('valid_after_in_future')
  })
})

describe('answer-cut', () => {
  it('takes the payment, sends the head, and breaks off in the body', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('answer-cut')
    const response = await getReport(stack.gateway, paying)
    expect(response.status).toBe(200)
    expect(decode(response.headers.get('PAYMENT-RESPONSE'))).toMatchObject({ success: true })
    await expect(response.text()).rejects.toThrow()
    expect(await taken()).toBe(before + 10_000n)
    expect(await (await getReport(stack.gateway, paying)).json()).toMatchObject({ report: 'paid' })
  })
})

describe('response-header-malformed', () => {
  it('answers well, with a receipt that cannot be read', async () => {
    const paying = await payment()
    stack.gateway.faults.next('response-header-malformed')
    const response = await getReport(stack.gateway, paying)
    expect(response.status).toBe(200)
    expect(() => decode(response.headers.get('PAYMENT-RESPONSE'))).toThrow()
    expect(await response.json()).toMatchObject({ report: 'paid' })
  })
})
