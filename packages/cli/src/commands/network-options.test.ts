import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { payer } from '../../test/paying-terminal.js'

const domain = { name: 'USDC', version: '2' }
const base = {
  network: 'eip155:8453',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  amount: '3000',
  extra: { ...domain, name: 'USD Coin' }
}
const polygon = {
  network: 'eip155:137',
  asset: '0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359',
  amount: '2000',
  extra: { ...domain, name: 'USD Coin' }
}
const sepolia = {
  network: 'eip155:84532',
  asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
  amount: '1000',
  extra: domain
}

/** A service that takes its payment on three networks, of which two cost less. */
async function sell(): Promise<string> {
  const common = { scheme: 'exact', maxTimeoutSeconds: 60, payTo: `0x${'1'.repeat(40)}` }
  const accepts = [base, polygon, sepolia].map((offer) => ({ ...common, ...offer }))
  const { url } = await startPaidServer({
    '/report': ({ url: { href } }, response) => {
      const required = { x402Version: 2, resource: { url: href }, accepts }
      response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(required) }).end()
    }
  })
  return `${url}/report`
}

/** Where no node listens. */
const away = 'http://127.0.0.1:9'

/** The networks in the order in which they would be paid on, and the reasons of those that would not. */
async function quoted(env: Record<string, string>, ...flags: string[]) {
  const { bursar } = payer({ env: { BURSAR_RPC_BASE_SEPOLIA: away, ...env } })
  const { out, err } = await bursar('quote', await sell(), '--json', ...flags)
  if (out === '') throw new TypeError(err)
  const { offers }: { offers: { network: string; rejection?: { message: string } }[] } = JSON.parse(out)
  return {
    order: offers.map(({ network }) => network),
    reasons: Object.fromEntries(offers.map(({ network, rejection }) => [network, rejection?.message]))
  }
}

const elsewhere = /its network is not in allow\.networks/
const unreadable = /eip155:137: no RPC endpoint of its network is known.*BURSAR_RPC_POLYGON/

describe('an endpoint that is no URL', () => {
  it('is named by what was typed: the option, or the variable, and never shown', async () => {
    const { bursar } = payer({ env: { BURSAR_RPC_BASE: 'node.example/key' } })
    expect(await bursar('balance')).toMatchObject({
      code: 2,
      err: 'BURSAR_RPC_BASE is not a URL that begins with https:// or http://\n'
    })
    const { code, err } = await bursar('balance', '--rpc', 'base=node.example/key')
    expect([code, err]).toEqual([2, '--rpc base=… is not a URL that begins with https:// or http://\n'])
  })

  it('and one that is, is shown as what it comes from', async () => {
    const env = { BURSAR_RPC_EIP155_8453: away, BURSAR_RPC_SOLANA: away }
    const { out } = await payer({ env: { ...env, BURSAR_RPC_BASE: '' } }).bursar('policy', 'show')
    expect(out).toMatch(/^rpcUrls\.eip155:8453 +\S+ +BURSAR_RPC_EIP155_8453$/m)
    expect(out).toMatch(/^rpcUrls\.solana:\S+ +\S+ +BURSAR_RPC_SOLANA$/m)
  })
})

describe('P40: --network', () => {
  it('pays nowhere else, and is kept in BURSAR_NETWORK', async () => {
    for (const { reasons } of [
      await quoted({}, '--network', 'polygon'),
      await quoted({ BURSAR_NETWORK: 'eip155:137' }),
      await quoted({ BURSAR_NETWORK: 'base' }, '--network', 'Polygon')
    ])
      expect(reasons).toMatchObject({
        'eip155:8453': expect.stringMatching(elsewhere),
        'eip155:84532': expect.stringMatching(elsewhere),
        'eip155:137': expect.stringMatching(unreadable)
      })
  })

  it('takes several, in a list and again', async () => {
    for (const flags of [['base,polygon'], ['base', 'eip155:137']]) {
      const given = flags.flatMap((each) => ['--network', each])
      const { reasons } = await quoted({}, ...given)
      expect(reasons['eip155:84532']).toMatch(elsewhere)
      expect(reasons['eip155:137']).toMatch(unreadable)
    }
  })

  it('gives the nearest right name for a wrong one, and asks nobody', async () => {
    const { bursar } = payer()
    for (const verb of [
      ['pay', 'http://127.0.0.1:9/'],
      ['quote', 'http://127.0.0.1:9/'],
      ['image', 'a'],
      ['video', 'a'],
      ['chat', 'a'],
      ['topup', '1'],
      ['proxy'],
      ['mcp'],
      ['mcp', '--connect', 'http://127.0.0.1:9/'],
      ['doctor'],
      ['balance'],
      ['reconcile']
    ])
      expect(await bursar(...verb, '--network', 'bsae')).toMatchObject({
        code: 2,
        err: expect.stringMatching(/"bsae" is no network\. Did you mean base\?/)
      })
    const set = payer({ env: { BURSAR_NETWORK: 'base,polygn' } })
    expect(await set.bursar('balance')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/BURSAR_NETWORK: "polygn" is no network\. Did you mean polygon\?/)
    })
  })

  it('says that there is no account on the networks that it names', async () => {
    const { bursar } = payer()
    expect(
      await bursar('pay', 'http://127.0.0.1:9/', '--max-amount', '1', '--network', 'solana')
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no account on solana')
    })
  })
})

describe('P40: --prefer', () => {
  it('is the cheapest, or networks in order; test money stays last unless it is named', async () => {
    const order = ['eip155:8453', 'eip155:137', 'eip155:84532']
    expect((await quoted({})).order).toEqual(order)
    const cheapest = ['eip155:137', 'eip155:8453', 'eip155:84532']
    expect((await quoted({}, '--prefer', 'cheapest')).order).toEqual(cheapest)
    expect((await quoted({ BURSAR_PREFER: 'polygon,base' })).order).toEqual(cheapest)
    expect((await quoted({}, '--prefer', 'base-sepolia')).order[0]).toBe('eip155:84532')
  })
})

describe('P47: --testnet', () => {
  it('pays with test money alone', async () => {
    for (const { reasons } of [await quoted({}, '--testnet'), await quoted({ BURSAR_TESTNET: '1' })]) {
      expect(reasons['eip155:8453']).toMatch(/its network is no test network/)
      expect(reasons['eip155:137']).toMatch(/its network is no test network/)
    }
    expect((await quoted({ BURSAR_TESTNET: '0' })).reasons['eip155:8453']).toBeUndefined()
  })

  it('does not go with a network whose money is real, nor with an account that is billed', async () => {
    const { bursar } = payer({ env: { KATANA_API_KEY: 'a:b' } })
    expect(await bursar('balance', '--testnet', '--network', 'base')).toMatchObject({
      code: 2,
      err: expect.stringContaining('the money of Base is real')
    })
    for (const verb of ['image', 'chat'])
      expect(
        await bursar(verb, 'a', '--testnet', '--billing', 'key', '--max-amount', '1', '--url', away)
      ).toMatchObject({ code: 2, err: expect.stringContaining('bills an account') })
    expect(
      await bursar('proxy', '--service', 'tokenhot', '--testnet', '--max-amount', '1', '--limit', 'day=1')
    ).toMatchObject({
      code: 2,
      err: expect.stringContaining('bills an account')
    })
  })
})

describe('P47: --rpc', () => {
  it('makes a network readable, as its variable does, by name or by the id of its chain', async () => {
    for (const { reasons } of [
      await quoted({}, '--rpc', `polygon=${away}`),
      await quoted({ BURSAR_RPC_POLYGON: away }),
      await quoted({ BURSAR_RPC_EIP155_137: away })
    ])
      expect(reasons['eip155:137']).toBeUndefined()
  })

  it('is the endpoint that is asked, and several are asked in order', async () => {
    const { bursar } = payer({ env: { BURSAR_RPC_EIP155_8453: 'http://127.0.0.1:7' } })
    const rpc = ['--rpc', 'base=http://127.0.0.1:10/key', '--rpc', 'base=http://127.0.0.1:11/key']
    const { code, err } = await bursar('balance', ...rpc)
    expect(code).toBe(7)
    expect(err).toContain('127.0.0.1:10 cannot be reached')
    expect(err).toContain('127.0.0.1:11 cannot be reached')
    expect(err).not.toMatch(/127\.0\.0\.1:[79] |key/)
  })

  it.each([
    ['base', /network=url/],
    ['bsae=http://127.0.0.1:9', /Did you mean base/],
    ['base=secret-word', /--rpc base=… is not a URL/]
  ])('is not %s', async (rpc, reason) => {
    const { bursar } = payer()
    const { code, err } = await bursar('balance', '--rpc', rpc)
    expect(code).toBe(2)
    expect(err).toMatch(reason)
    expect(err).not.toContain('secret-word')
  })

  it('names a variable that is of no network, and the nearest that is', async () => {
    const { bursar } = payer({ env: { BURSAR_RPC_BAES: away } })
    expect(await bursar('balance')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/BURSAR_RPC_BAES names no network\. Did you mean BURSAR_RPC_BASE\?/)
    })
  })
})
