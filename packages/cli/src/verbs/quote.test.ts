import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { PAY_TO, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { payer } from '../../test/paying-terminal.js'
import { newTerminal } from '../../test/terminal.js'

describe('bursar quote', () => {
  it('says the price, and ends with 3 when it would be rejected (P57)', async () => {
    const { url, payments } = await startPaidServer()
    const { bursar } = payer({ columns: 80 })
    const fine = await bursar('quote', `${url}/report`)
    expect(fine).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^ +Amount {2}Network {2}Verdict +To\n0\.05 USDC {2}Base {5}would be paid {2}0x1{40}\n$/
      )
    })
    for (const line of fine.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    await bursar('limits', 'set', 'payment=0.01')
    expect(await bursar('quote', `${url}/report`)).toMatchObject({
      code: 3,
      out: expect.stringMatching(/rejected[\s\S]+limit "payment" of 0\.01/)
    })
    expect(payments()).toBe(0)
  })

  it('says the price without an account, and that no account could pay it', async () => {
    const { url } = await startPaidServer()
    const { bursar } = newTerminal()
    expect(await bursar('quote', `${url}/report`)).toMatchObject({
      code: 3,
      out: expect.stringMatching(/\n0\.05 USDC {2}Base {5}rejected.*\n.*no eip155 account is configured/)
    })
  })

  it('says that it costs nothing where nothing is asked', async () => {
    const { url } = await startPaidServer({ '/free': (_, response) => void response.end('free') })
    const { bursar } = payer()
    expect(await bursar('quote', `${url}/free`)).toMatchObject({ code: 0, out: 'It costs nothing (200).\n' })
    expect(JSON.parse((await bursar('quote', `${url}/free`, '--json')).out)).toMatchObject({ offers: [] })
  })

  it('says why a 402 would not be paid that has no offers, such as one for Lightning (L402)', async () => {
    const headers = {
      'www-authenticate': 'L402 macaroon="AGIAJEemVQUTEyNCR0exk7ek90Cg", invoice="lnbc10n1p"'
    }
    const { url } = await startPaidServer({
      '/lightning': (_, response) => void response.writeHead(402, headers).end('Payment required')
    })
    const { bursar } = payer()
    expect(await bursar('quote', `${url}/lightning`)).toMatchObject({
      code: 3,
      out: expect.stringMatching(/^It would not be paid: it has no x402 challenge in/)
    })
    const told = JSON.parse((await bursar('quote', `${url}/lightning`, '--json')).out)
    expect(told).toMatchObject({ reason: expect.stringContaining('no x402 challenge'), offers: [] })
  })

  it('says which of several offers on one network would be paid', async () => {
    const offer = {
      scheme: 'exact',
      network: 'eip155:8453',
      asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
      payTo: PAY_TO,
      maxTimeoutSeconds: 60,
      extra: { name: 'USD Coin', version: '2' }
    }
    const accepts = [
      { ...offer, amount: '20000' },
      { ...offer, amount: '10000' }
    ]
    const challenge = encodeHeader({ x402Version: 2, resource: { url: 'https://a.example' }, accepts })
    const { url } = await startPaidServer({
      '/two': (_, response) => void response.writeHead(402, { 'PAYMENT-REQUIRED': challenge }).end()
    })
    const { out } = await payer().bursar('quote', `${url}/two`)
    expect(out).toMatch(/0\.02 USDC +Base +would be paid .*\n0\.01 USDC +Base +also accepted /)
  })

  it('says where a redirect leads that asks to be paid', async () => {
    const { url } = await startPaidServer({
      '/go': (_, response) => void response.writeHead(307, { location: '/report?usdc=0.02' }).end()
    })
    const { bursar } = payer()
    const shown = await bursar('quote', `${url}/go`)
    expect(shown).toMatchObject({
      code: 0,
      out: expect.stringContaining(`A redirect leads to ${url}/report`)
    })
    const told = async (path: string) => JSON.parse((await bursar('quote', url + path, '--json')).out)
    expect(await told('/go')).toMatchObject({ redirectedTo: `${url}/report`, offers: [{ amount: '0.02' }] })
    expect(await told('/report')).toMatchObject({ redirectedTo: null })
  })

  it('P45: needs no passphrase', async () => {
    const { url } = await startPaidServer()
    const { bursar, asked } = newTerminal({
      env: { BURSAR_RPC_BASE: 'http://127.0.0.1:9' },
      answers: ['correct horse', 'correct horse']
    })
    await bursar('wallet', 'create', '--chain', 'evm', '--json')
    expect((await bursar('quote', `${url}/report`)).code).toBe(0)
    expect(await bursar('balance')).toMatchObject({
      code: 7,
      out: expect.stringContaining('unknown'),
      err: expect.stringMatching(
        /^No RPC endpoint of Base gave a usable answer: 127\.0\.0\.1:9 cannot be reached\.$/m
      )
    })
    expect(asked).toHaveLength(2)
  })
})
