import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeHeader } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { startPaidServer } from '../../../../test/loopback/paid-server.js'
import { payer } from '../../test/paying-terminal.js'
import { newTerminal } from '../../test/terminal.js'

describe('bursar policy', () => {
  it('P66: sets what is no sum as well, prints what is set now, and where it comes from', async () => {
    const { bursar, home } = newTerminal({ env: { BURSAR_SET: 'limits.day=2' } })
    const set = await bursar('policy', 'set', 'limits.day=5.00', 'allow.payees=pin', 'maxPriceIncrease=3')
    expect(set).toMatchObject({ code: 0, err: `Written to ${join(home, 'policy.json')}.\n` })
    expect(set.out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['Setting', 'Value', 'From'],
      ['limits.day', '2 (2 left)', 'BURSAR_SET'],
      ['5.00', 'file, does not hold'],
      ['allow.payees', 'pin', 'file'],
      ['maxPriceIncrease', '3', 'file'],
      ['']
    ])
    const { settings } = JSON.parse((await bursar('--set', 'limits.day=9', 'policy', '--json')).out)
    expect(settings[0]).toMatchObject({
      name: 'limits.day',
      value: '2',
      source: 'environment',
      others: [
        { value: '9', source: 'flag', from: '--set' },
        { value: '5.00', source: 'file' }
      ]
    })
    expect((await bursar('policy', 'unset', 'allow')).out).not.toContain('allow')
  })

  it('says what is wrong with a file, with 2, and takes --policy and BURSAR_POLICY for named files', async () => {
    const { bursar, home } = newTerminal()
    const path = join(home, 'team.yaml')
    writeFileSync(path, 'allow: { host: [a.example] }\n', { mode: 0o600 })
    for (const argv of [
      ['policy', 'check', path],
      ['--policy', path, 'policy']
    ])
      expect(await bursar(...argv)).toMatchObject({
        code: 2,
        err: expect.stringContaining('allow.host is not a setting; did you mean allow.hosts?')
      })
    expect(await bursar('--policy', join(home, 'gone.yaml'), 'policy')).toMatchObject({ code: 2 })
    expect(await bursar('--policy', '', 'policy')).toMatchObject({ code: 2 })
    writeFileSync(path, 'allow: { hosts: [a.example] }\n')
    expect(await bursar('policy', 'check', path)).toMatchObject({ code: 0 })
  })

  it('shows of an endpoint and of a database the host alone', async () => {
    const { bursar } = newTerminal()
    const { out } = await bursar(
      'policy',
      'set',
      'rpcUrls.eip155:8453=https://rpc.example/secret-word',
      'ledger=postgres://u:secret-word@db.example/bursar'
    )
    expect(out).toContain('https://rpc.example/…')
    expect(out).toContain('postgres://db.example/…')
    expect(out).not.toContain('secret-word')
  })
})

/** A service whose report costs 0.003 USDC on Base. */
async function sell(): Promise<string> {
  const { url } = await startPaidServer({
    '/report': ({ url: { href } }, response) => {
      const offer = {
        scheme: 'exact',
        network: 'eip155:8453',
        asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
        amount: '3000',
        maxTimeoutSeconds: 60,
        payTo: `0x${'1'.repeat(40)}`,
        extra: { name: 'USD Coin', version: '2' }
      }
      const required = { x402Version: 2, resource: { url: href }, accepts: [offer] }
      response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(required) }).end()
    }
  })
  return `${url}/report`
}

describe('bursar policy explain', () => {
  it.each([
    ['allow.hosts=other.example', 'allow.hosts'],
    ['allow.networks=eip155:137', 'allow.networks'],
    [`allow.payees=0x${'2'.repeat(40)}`, 'allow.payees'],
    ['allow.assets=0x2222222222222222222222222222222222222222', 'allow.assets'],
    ['limits.payment=0.001', 'limits.payment'],
    ['limits.day=0.002', 'limits.day'],
    ['limits.perHost.day=0.002', 'limits.perHost.day'],
    ['limits.perLabel.agent.day=0.002', 'limits.perLabel.agent.day'],
    ['confirm.above=0.001', 'confirm']
  ])('with %s the rule %s rejects it, nothing is paid, and it ends with 3', async (setting, rule) => {
    const { bursar } = payer()
    const url = await sell()
    await bursar('policy', 'set', 'limits.payment=1', setting)
    const explained = await bursar('policy', 'explain', url, '--json')
    expect(explained.code).toBe(3)
    const { paid, rules } = JSON.parse(explained.out)
    expect(paid).toBe(false)
    const rejected = rules.filter(({ verdict }: { verdict: string }) => verdict === 'rejected')
    expect(rejected.map((each: { rule: string }) => each.rule)).toEqual([rule])
    expect(await bursar('pay', url)).toMatchObject({ code: 3 })
  })

  it.each(['day', 'payment'])(
    'a cap %s of the host that leads on rejects what another host asks',
    async (name) => {
      const { bursar, home } = payer()
      const paid = new URL(await sell())
      const { url: leading } = await startPaidServer({
        '/go': (_, response) => void response.writeHead(307, { location: paid.href }).end()
      })
      const { host } = new URL(leading)
      const write = (hosts: object): void =>
        writeFileSync(
          join(home, 'policy.json'),
          JSON.stringify({ allow: { hosts: [host, paid.host] }, limits: { payment: '1', hosts } })
        )
      write({})
      expect((await bursar('policy', 'explain', `${leading}/go`)).out).toContain(`, and ${paid.href}`)
      write({ [host]: { [name]: '0.002' } })
      const { code, out } = await bursar('policy', 'explain', `${leading}/go`, '--json')
      const { redirectedTo, reason } = JSON.parse(out)
      expect([code, redirectedTo]).toEqual([3, paid.href])
      expect(reason).toContain(`limits.hosts.${host}.${name}: `)
      expect(await bursar('pay', `${leading}/go`)).toMatchObject({ code: 3 })
    }
  )

  it('takes the request as pay and quote do', async () => {
    const { bursar } = payer()
    await bursar('policy', 'set', 'limits.payment=1')
    const words = ['--request', 'POST', '-d', '{"q":1}', '-H', 'accept: text/csv']
    expect(await bursar('policy', 'explain', await sell(), ...words)).toMatchObject({ code: 0 })
  })

  it('goes through every rule where all let it pass', async () => {
    const { bursar } = payer()
    await bursar('policy', 'set', 'limits.payment=1', 'limits.day=2', 'maxPriceIncrease=3')
    const { code, out } = await bursar('policy', 'explain', await sell())
    expect(out).toMatch(/It costs 0\.003 USDC on Base\./)
    expect(out).toMatch(/ok +limits\.day +0\.003 USD of 2 left, of 2/)
    expect(out).toMatch(/It would be paid\./)
    expect(code).toBe(0)
  })
})
