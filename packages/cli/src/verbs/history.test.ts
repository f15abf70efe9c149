import { atomicUsdc, BASE, type PaymentReservation } from '@bursar/core'
import { defaultPath, sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const env = { EVM_PRIVATE_KEY: EVM_KEY, BURSAR_RPC_BASE: 'http://127.0.0.1:9' }

/** A home in which one report was bought for 0.05. */
async function withPurchase(columns?: number) {
  const { url } = await startPaidServer()
  const terminal = newTerminal({ env, ...(columns === undefined ? {} : { columns }) })
  await terminal.bursar('pay', `${url}/report?usdc=0.05`, '--max-amount', '1')
  return { ...terminal, host: new URL(url).host }
}

/** Reserves a payment that nobody signs. */
async function reserve(home: string, id: string): Promise<void> {
  const ledger = sqliteLedger({ path: defaultPath({ BURSAR_HOME: home }) })
  const offer = {
    dialect: 'x402-v2',
    network: BASE,
    asset: 'USDC',
    payTo: '0x1',
    amountAtomic: 20_000n
  } as const
  const reservation: PaymentReservation = {
    kind: 'payment',
    id,
    fingerprint: id,
    method: 'GET',
    origin: 'https://api.example',
    path: '/a/path/that/is/longer/than/any/terminal/of/eighty/columns/could/ever/show/in/one/line',
    payer: '0x2',
    offer: { ...offer, cost: atomicUsdc(20_000n) },
    guards: { budgets: [] },
    labels: { agent: 'a1' }
  }
  await ledger.reserve(reservation)
  await ledger.close()
}

describe('bursar history', () => {
  it('lists what was bought, within 80 columns', async () => {
    const { bursar, home, host } = await withPurchase(80)
    await reserve(home, 'p2')
    const { code, out } = await bursar('history')
    expect(code).toBe(0)
    expect(out).toMatch(
      new RegExp(
        `\n\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d)? +0\\.05 USDC .*settled +${host}/rep.* p[\\da-f]+…[\\da-f]{4}\n`
      )
    )
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('narrows by host, label and days, and writes JSON and CSV', async () => {
    const { bursar, home, host } = await withPurchase()
    await reserve(home, 'p2')
    const linesOf = async (...argv: string[]) =>
      (await bursar('history', '--json', ...argv)).out.split('\n').length - 1
    expect(await linesOf()).toBe(2)
    expect(await linesOf('--host', host)).toBe(1)
    expect(await linesOf('--label', 'agent=a1')).toBe(1)
    expect(await linesOf('--label', 'agent=a1', '--label', 'team=x')).toBe(0)
    expect(await linesOf('--days', '0.5')).toBe(2)
    expect((await bursar('history', '--csv')).out).toMatch(
      /^id,kind,name,[\s\S]+,0\.05,50000,USDC,0\.05,,no,eip155:8453,Base,/
    )
  })

  it('says that nothing was bought', async () => {
    const { bursar } = newTerminal()
    expect(await bursar('history')).toEqual({ code: 0, out: 'Nothing was bought.\n', err: '' })
    expect((await bursar('history', '--csv')).out).toMatch(/^id,kind,name,/)
    expect((await bursar('totals')).out).toBe('Nothing was bought.\n')
    expect((await bursar('outstanding')).out).toBe('No payment is in flight.\n')
  })

  it('ends with 2 when it is used wrongly', async () => {
    const { bursar } = newTerminal()
    const wrong: [argv: string[], why: RegExp][] = [
      [['history', '--label', 'agent'], /--label wants name=value/],
      [['history', '--label', '=a'], /--label wants name=value/],
      [['history', '--days', '-1'], /Days are a number above zero/],
      [['history', 'x'], /too many arguments/],
      [
        ['totals', '--by', 'year'],
        /--by is day, week, month, host, network, payer, model, agent or label:NAME/
      ],
      [['totals', '--by', 'label:'], /--by is day/],
      [['outstanding', '--csv'], /unknown option/],
      [['reconcile', '--days', 'x'], /Days are a number above zero/],
      [['cancel'], /missing required argument/],
      [['freeze'], /missing required argument/]
    ]
    for (const [argv, why] of wrong)
      expect(await bursar(...argv), argv.join(' ')).toMatchObject({
        code: 2,
        err: expect.stringMatching(why)
      })
  })
})

describe('bursar totals', () => {
  it('P53: adds up by day, host, network and label, with a sum, and says whose days they are', async () => {
    const { bursar, host } = await withPurchase()
    expect((await bursar('totals', '--utc')).out).toMatch(
      /^Day {12}Spent {2}Paid\n\d{4}-\d\d-\d\d {2}0\.05 USD {5}1\nSum {9}0\.05 USD {5}1\nThe days are those of UTC\.\n$/
    )
    const sums = { settled: 1, spent: '0.05', spentAtomic: '50000', fromBalance: '0', outstanding: '0' }
    expect(JSON.parse((await bursar('totals', '--by', 'host,network', '--json', '--utc')).out)).toMatchObject(
      {
        by: ['host', 'network'],
        timeZone: 'UTC',
        totals: [{ keys: [host, 'eip155:8453'], ...sums }],
        sum: sums
      }
    )
    expect((await bursar('totals', '--by', 'network')).out).toMatch(/\nBase +0\.05 USD/)
    expect((await bursar('totals', '--by', 'label:agent')).out).toMatch(/\n- +0\.05 USD/)
    expect((await bursar('totals', '--by', 'agent,week')).out).toMatch(/^Agent +Week.*\n- +\d{4}-W\d\d/)
  })
})

describe('bursar freeze and thaw', () => {
  it('P64: stop every payment, with the reason, the time and who, and let payments go on', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar } = newTerminal({ env })
    expect(await bursar('freeze', 'a test')).toMatchObject({
      code: 0,
      err: 'Nothing is paid until bursar thaw.\n'
    })
    expect(await bursar('pay', `${url}/report`, '--max-amount', '1')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/ledger\/frozen: .*a test/)
    })
    expect((await bursar('doctor')).out).toMatch(
      /NOT OK {2}record {2}.* is frozen since \d{4}-\d\d-\d\d \d\d:\d\d \(\S+\) by .*: a test/
    )
    expect((await bursar('thaw')).err).toBe('Payments go on.\n')
    expect((await bursar('pay', `${url}/report`, '--max-amount', '1')).code).toBe(0)
    expect(payments()).toBe(1)
  })
})

describe('bursar recover', () => {
  it('says that nothing is unresolved', async () => {
    const { bursar } = newTerminal({ env })
    expect(await bursar('recover')).toMatchObject({ code: 0, out: 'Nothing is unresolved.\n' })
    expect(await bursar('recover', '--json')).toMatchObject({ code: 0, out: '{"recovered":[]}\n' })
  })
})

describe('bursar doctor', () => {
  it('says what is not well, and ends with 1', async () => {
    const { url } = await startPaidServer()
    const { bursar } = newTerminal({ env })
    const { code, out } = await bursar('doctor', `${url}/report`)
    expect(code).toBe(1)
    expect(out).toMatch(
      /^NOT OK {2}Base {4}No RPC endpoint of Base gave a usable answer: 127\.0\.0\.1:9 cannot/
    )
    expect(out).toMatch(/ok {6}limits {2}none are set: each payment needs --max-amount/)
    expect(out).toMatch(/ok {6}record {2}.*ledger\.db/)
    expect(out).toMatch(/ok {6}clock {3}agrees with the server's/)
    expect(JSON.parse((await bursar('doctor', '--json')).out).findings).toContainEqual(
      expect.objectContaining({ what: 'record', ok: true })
    )
  })

  it('says why a 402 would not be paid that has no offers', async () => {
    const { url } = await startPaidServer({
      '/lightning': (_, response) => void response.writeHead(402).end('Payment required')
    })
    const { bursar } = newTerminal({ env })
    const { out } = await bursar('doctor', `${url}/lightning`)
    expect(out).toMatch(/NOT OK {2}offer +it has no x402 challenge/)
    expect(out).not.toContain('It would not be paid')
  })

  it('says that there is no account, and that a server does not answer', async () => {
    const { bursar } = newTerminal()
    const { code, out } = await bursar('doctor', 'http://127.0.0.1:1/')
    expect(code).toBe(1)
    expect(out).toMatch(/NOT OK {2}accounts {2}There is no account/)
    expect(out).toMatch(/NOT OK {2}clock {5}127\.0\.0\.1:1 does not answer/)
    expect(await bursar('doctor', 'nonsense')).toMatchObject({ code: 2 })
  })
})
