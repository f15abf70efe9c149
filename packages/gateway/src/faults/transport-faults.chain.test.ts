import { describe, expect, it } from 'vitest'
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

async function duration(wait: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await wait()
  return performance.now() - start
}

describe('slow', () => {
  it('holds the next request on either leg, before it is looked at', async () => {
    stack.gateway.faults.next('slow', { delayMs: 150, times: 2 })
    expect(await duration(() => getReport(stack.gateway))).toBeGreaterThan(140)
    expect(await duration(() => getReport(stack.gateway))).toBeGreaterThan(140)
    expect(await duration(() => getReport(stack.gateway))).toBeLessThan(140)
  })

  it('with when: settled takes the payment first, so that who gives up has paid', async () => {
    const before = await taken()
    const paying = await payment()
    stack.gateway.faults.next('slow', { delayMs: 2000, when: 'settled', leg: 'paid' })
    const impatient = getReport(stack.gateway, { ...paying, signal: AbortSignal.timeout(400) })
    await expect(impatient).rejects.toThrow()
    expect(await taken()).toBe(before + 10_000n)
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
    expect(Math.abs(date + 86_400_000 - Date.now())).toBeLessThan(5000)
  })

  it('makes the gateway refuse an honest payment as too short or too early', async () => {
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
