import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stackTest } from '@bursar/gateway/vitest'
import { createChainKey, formatKey } from '@bursar/keystore'
import { describe, expect } from 'vitest'
import { challenge, type Route, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { newStackTerminal, newTerminal } from '../../test/terminal.js'

const test = stackTest({ solana: false })
const paid = ['--max-amount', '0.10']

/** Takes payments and never settles them. */
const losing: Route = (arrival, response) =>
  arrival.payment === undefined ? challenge(arrival, response) : void response.destroy()

describe('bursar reconcile', () => {
  test('agrees when the record has what the chain has', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack)
    expect((await bursar('pay', stack.env.X402_REPORT_URL, ...paid)).code).toBe(0)
    expect(await bursar('reconcile')).toMatchObject({
      code: 0,
      out: '1 payment settled by the record, 1 debit by the chains.\nThey agree.\n'
    })
    expect(JSON.parse((await bursar('reconcile', '--days', '1', '--json')).out)).toEqual({
      settled: 1,
      debits: 1,
      learned: [],
      discrepancies: [],
      unreachable: []
    })
  })

  test('P57: ends with 6 over a transfer that this record knew nothing of, and has it from then on', async ({
    stack
  }) => {
    const elsewhere = await newStackTerminal(stack)
    await elsewhere.bursar('pay', stack.env.X402_REPORT_URL, ...paid)
    const here = newTerminal({
      env: { EVM_PRIVATE_KEY: elsewhere.key, BURSAR_RPC_BASE: stack.env.BURSAR_RPC_BASE ?? '' }
    })
    const first = await here.bursar('reconcile')
    expect(first).toMatchObject({
      code: 6,
      out: expect.stringMatching(
        /0 payments settled by the record, 1 debit[\s\S]+debited-unknown .* 0\.01 USDC .* to 0x\w+ +0x\w{64}\n/
      )
    })
    expect((await here.bursar('totals')).out).toMatch(/0\.01 USD/)
    expect((await here.bursar('reconcile')).code).toBe(0)
  })

  test('ends with 7 where no chain answers', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack, { env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' } })
    expect(await bursar('reconcile')).toMatchObject({
      code: 7,
      err: expect.stringContaining('rpc/unavailable')
    })
  })

  test('P57: compares the other chains where one does not answer, says which, and ends with 7', async ({
    stack
  }) => {
    const key = formatKey(await createChainKey('solana', new Uint8Array(32).fill(1)))
    const svm = { SVM_PRIVATE_KEY: key, BURSAR_RPC_SOLANA: 'http://127.0.0.1:9' }
    const { bursar } = await newStackTerminal(stack, { env: svm })
    expect((await bursar('pay', stack.env.X402_REPORT_URL, ...paid)).code).toBe(0)
    expect(await bursar('reconcile')).toMatchObject({
      code: 7,
      out: expect.stringMatching(/1 payment settled .* 1 debit .*\nThey agree, .* Solana was not looked at/),
      err: expect.stringContaining('No RPC endpoint of Solana')
    })
    const { out } = await bursar('reconcile', '--json')
    expect(JSON.parse(out)).toMatchObject({ settled: 1, unreachable: [{ networkName: 'Solana' }] })
  })
})

describe('a payment that is in flight', () => {
  test('is outstanding, can be cancelled on the chain, and then nothing of it can be taken', async ({
    stack
  }) => {
    const { url } = await startPaidServer({ '/lost': losing })
    const { bursar } = await newStackTerminal(stack)
    expect((await bursar('pay', `${url}/lost`, ...paid)).code).toBe(5)
    expect((await bursar('doctor')).out).toContain('1 unresolved: bursar recover')
    const [, id = ''] = / (p\w+)\n/.exec((await bursar('outstanding')).out) ?? []
    expect(JSON.parse((await bursar('outstanding', '--json')).out)).toMatchObject({
      id,
      amount: '0.05',
      symbol: 'USDC'
    })
    const { recovered } = JSON.parse((await bursar('recover', '--json')).out)
    expect(recovered).toMatchObject([
      { purchase: id, outcome: 'waiting', knownAt: expect.stringMatching(/Z$/) }
    ])
    expect(await bursar('recover')).toMatchObject({ code: 5, out: expect.stringMatching(/0\.05 USDC +Base/) })
    const cancelled = await bursar('cancel', id, '--json')
    expect([cancelled.code, JSON.parse(cancelled.out)]).toMatchObject([
      0,
      { purchase: id, outcome: 'cancelled', amount: '0.05', transaction: expect.stringMatching(/^0x/) }
    ])
    expect((await bursar('outstanding')).out).toBe('No payment is in flight.\n')
    expect((await bursar('recover')).out).toBe('Nothing is unresolved.\n')
    expect((await bursar('cancel', id)).code).toBe(3)
  })

  test('P58: that cannot be cancelled for want of gas ends with 5, and says what is missing', async ({
    stack
  }) => {
    const { url } = await startPaidServer({ '/lost': losing })
    const { bursar, address } = await newStackTerminal(stack)
    await bursar('pay', `${url}/lost`, ...paid)
    const rpc = stack.base?.rpcUrl ?? expect.unreachable()
    const body = { jsonrpc: '2.0', id: 1, method: 'anvil_setBalance', params: [address, '0x0'] }
    await fetch(rpc, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
    const [, id = ''] = / (p\w+)\n/.exec((await bursar('outstanding')).out) ?? []
    const failed = await bursar('cancel', id)
    expect(failed.code).toBe(5)
    expect(failed.err).toMatch(/has 0 ETH on Base, and up to 0\.0\d+ ETH is needed there for gas/)
  })

  test('that had settled before is not cancelled, and its price is named', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack)
    await bursar('pay', stack.env.X402_REPORT_URL, ...paid)
    const id = JSON.parse((await bursar('history', '--json')).out.split('\n')[0] ?? '').id
    expect(await bursar('cancel', id)).toMatchObject({ code: 4, out: 'It had settled before: 0.01 USDC.\n' })
  })
})

describe('bursar doctor', () => {
  test('says that all is well, and what a URL asks', async ({ stack }) => {
    const { bursar, address } = await newStackTerminal(stack)
    await bursar('limits', 'set', 'payment=0.10', 'day=1')
    const { code, out } = await bursar('doctor', stack.env.X402_REPORT_URL)
    expect(code).toBe(0)
    expect(out).toContain(`${address} has 5 USDC`)
    expect(out).toMatch(/limits +payment 0\.1 USD, day 1 USD \(1 left\)\n/)
    expect(out).toMatch(/clock +agrees with the server's/)
    expect(out).toMatch(/0\.01 USDC +Base +would be paid[\s\S]+It would sign a TransferWithAuthorization/)
  })

  test('ends with 1 and names each thing that is not well', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack, { funds: '0.1' })
    await bursar('limits', 'set', 'payment=0.10', 'total=0.05')
    const { url } = await startPaidServer()
    expect((await bursar('pay', `${url}/report?usdc=0.05`)).code).toBe(0)
    await bursar('freeze', 'a laptop was lost')
    const { code, out } = await bursar('doctor', 'http://127.0.0.1:9/')
    expect(code).toBe(1)
    expect(out).toMatch(/NOT OK +limits +payment 0\.1 USD, total 0\.05 USD \(0 left\)/)
    expect(out).toMatch(/NOT OK +record +\S+ is frozen since [^)]+\) by [^:]+: a laptop was lost/)
    expect(out).toMatch(/NOT OK +clock +127\.0\.0\.1:9 does not answer/)
    expect(out).not.toContain('would be paid')
  })

  test('of an account without USDC, or a chain that does not answer, is not well', async ({ stack }) => {
    const empty = await newStackTerminal(stack, { funds: '0' })
    expect(await empty.bursar('doctor')).toMatchObject({
      code: 1,
      out: expect.stringContaining('has 0 USDC: send some')
    })
    const cut = await newStackTerminal(stack, { env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' } })
    const { code, out } = await cut.bursar('doctor', '--json')
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      { ok: false, findings: expect.arrayContaining([expect.objectContaining({ ok: false })]) }
    ])
    expect(await cut.bursar('balance')).toMatchObject({ code: 7, out: expect.stringContaining('unknown') })
    const { wallets } = JSON.parse((await cut.bursar('balance', '--json')).out)
    expect(wallets).toMatchObject([{ usdc: null, gas: null, error: 'rpc/unavailable' }])
  })

  test('a policy that cannot be read is not well, and nothing is paid under it', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    writeFileSync(join(home, 'policy.json'), '{"limits":{"payment": 0.25}}')
    expect(await bursar('doctor')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/NOT OK +limits +The policy \S+ cannot be used/)
    })
    expect((await bursar('pay', stack.env.X402_REPORT_URL, ...paid)).code).toBe(2)
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })
})
