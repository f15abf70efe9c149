import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSetting, policySchema } from '@bursar/policy'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const made: unknown[] = vi.hoisted(() => [])
vi.mock('bursar', async (original) => ({
  ...(await original<typeof import('bursar')>()),
  createBursar: (options: unknown) => {
    made.push(options)
    throw new TypeError('The options are known.')
  }
}))

afterEach(() => {
  made.length = 0
})

const token = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
/** A value for each setting that a bursar is made from. */
const settings = [
  ...['payment', 'minute', 'hour', 'day', 'week', 'month', 'total'].map((name) => `limits.${name}=0.5`),
  'limits.perHost.day=0.4',
  'limits.hosts.a.example.payment=0.3',
  'limits.perLabel.team.day=0.2',
  'allow.hosts=a.example,kat.imgnai.com',
  'allow.networks=eip155:8453',
  `allow.assets=${token}`,
  'allow.payees=pin',
  'maxPriceIncrease=3',
  'prefer=cheapest',
  'rates.EURC=1.08',
  'rpcUrls.eip155:8453=http://127.0.0.1:9',
  'known.networks=[{"id":"eip155:31337","family":"eip155","name":"Local","isTest":true}]',
  `known.assets=[{"network":"eip155:31337","address":"${token}","symbol":"USDX","decimals":6,"currency":"USD"}]`,
  'signIn=always',
  'offers=remember',
  'checkBalance=always',
  'verify=chain',
  'recover=at-start',
  'timeouts.beforePaymentMs=1000',
  'timeouts.afterPaymentMs=1000',
  'timeouts.idleBodyMs=1000',
  'timeouts.replacementMs=1000',
  'resend.times=1',
  'resend.backoffMs=100',
  'resumeWindowMs=1000',
  'maxValiditySeconds=60',
  'maxStreamBytes=1000'
].map(parseSetting)

/** Settings that become something else: a function, a ledger, what the proxy decides by itself, what services take. */
const apart = ['$schema', 'confirm', 'ledger', 'inFlight', 'topUp', 'retention', 'notify']

const verbs = [['pay', 'https://a.example/'], ['proxy', '--port', '0'], ['mcp']]

/** What a verb makes a bursar from under the policy with all these settings. */
async function optionsOf(verb: readonly string[]): Promise<unknown> {
  const { bursar, home } = newTerminal({ env: { EVM_PRIVATE_KEY: EVM_KEY } })
  const policy = settings.reduce<unknown>((all, { path, value }) => withValue(all, path, value), {})
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 })
  expect(await bursar(...verb)).toMatchObject({ code: 2, err: expect.stringContaining('are known') })
  return made[0]
}

function withValue(group: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  const fields: Record<string, unknown> = { ...Object(group) }
  return { ...fields, [name]: rest.length === 0 ? value : withValue(fields[name], rest, value) }
}

describe('the policy of the file', () => {
  it('is in this table whole', () => {
    const named = new Set(settings.map(({ path: [first] }) => first))
    const missing = Object.keys(policySchema.shape).filter(
      (name) => !named.has(name) && !apart.includes(name)
    )
    expect(missing).toEqual([])
  })

  it.each(verbs)('reaches the bursar of %s, setting by setting', async (...verb) => {
    const options = await optionsOf(verb)
    for (const { path, value } of settings)
      expect(options, path.join('.')).toMatchObject(Object(withValue({}, path, value)))
  })
})
