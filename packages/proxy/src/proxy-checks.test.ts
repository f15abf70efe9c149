import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { startProxy } from './start-proxy.js'

const token = 'a-token-of-the-tests'
const right = {
  evm: '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  limits: { payment: '0.25' },
  ledger: memoryLedger(),
  service: { name: 'katana' },
  port: 0
}

const service = (more: object): object => ({ service: { name: 'katana', ...more } })
const relay = (more: object): object => ({ service: { name: 'openclaw', apiKey: 'sk-1', ...more } })
const agent = (more: object): object => ({ agents: [{ name: 'one', token, ...more }] })

describe('P25, P26: an option of startProxy', () => {
  it.each<[object, string]>([
    [{ keepAnswerMs: 1 }, 'keepAnswerMs is not an option; did you mean keepAnswersMs?'],
    [{ inFlight: 'join' }, 'inFlight is not an option'],
    [{ allow: { host: ['a.example'] } }, 'allow.host is not an option; did you mean allow.hosts?'],
    [{ limits: { payment: '1', dya: '1' } }, 'limits.dya is not an option; did you mean limits.day?'],
    [{ rpcUrls: { base: 'http://127.0.0.1:1' } }, "did you mean 'eip155:8453'?"],
    [
      service({ baseURL: 'https://a.example' }),
      'service.baseURL is not an option; did you mean service.baseUrl?'
    ],
    [service({ baseUrl: 'kat.imgnai.com' }), 'service.baseUrl must be a URL'],
    [service({ billing: 'key' }), "service.billing must be 'auto' or 'direct' or 'wallet', not \"key\""],
    [
      service({ topUp: { amount: '0.10', perday: '1' } }),
      'topUp.perday is not an option; did you mean topUp.perDay?'
    ],
    [service({ topUp: { amount: '9', perDay: '9' } }), 'no top-up could ever be paid'],
    [
      service({ apiKey: 'x' }),
      'service.apiKey is not an option; there are: name, baseUrl, billing, network, topUp'
    ],
    [relay({ topUp: {} }), 'service.topUp is not an option; there are: name, apiKey, baseUrl, prices'],
    [relay({ apiKey: '' }), 'service.apiKey must be text that is not empty'],
    [relay({ prices: { m: '1' } }), 'service.prices.m must be an object, not "1"'],
    [{ service: { name: 'openrelay' } }, 'service: { name } is required'],
    [{ service: 'katana' }, 'service: { name } is required'],
    [agent({ limit: { day: '1' } }), 'agents[0].limit is not an option; did you mean agents[0].limits?'],
    [
      agent({ limits: { daily: '1' } }),
      'agents[0].limits.daily is not an option; did you mean agents[0].limits.day?'
    ],
    [agent({ limits: { day: 1 } }), "agents[0].limits.day must be decimal text, such as '0.25', not 1"],
    [{ agents: { name: 'one', token } }, 'agents must be a list, not an object'],
    [{ port: 65_536 }, 'port must be a whole number from 0 to 65535, not 65536'],
    [{ port: '8402' }, 'port must be a whole number from 0 to 65535, not "8402"'],
    [{ maxBodyBytes: 0 }, 'maxBodyBytes must be a whole number from 1'],
    [{ maxConcurrent: Number.NaN }, 'maxConcurrent must be a whole number from 1'],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs must be a whole number from 1'],
    [{ keepAliveMs: -1 }, 'keepAliveMs must be a whole number from 1'],
    [{ onPaid: true }, 'onPaid must be a function, not true'],
    [{ onAnswered: 'log' }, 'onAnswered must be a function, not "log"'],
    [{ ledger: './ledger.db' }, "ledger must be 'memory' or a ledger"],
    [{ ledger: undefined }, 'ledger is required']
  ])('%# %o is a TypeError that names it', async (wrong, message) => {
    const starting = Reflect.apply(startProxy, undefined, [{ ...right, ...wrong }])
    await expect(starting).rejects.toThrow(message)
    await expect(starting).rejects.toBeInstanceOf(TypeError)
  })

  it('shows no key and no token that was malformed', async () => {
    const secret = 'sk-do-not-show'
    for (const wrong of [relay({ apiKey: { secret } }), agent({ token: { secret } }), { evm: secret }]) {
      const error = await Reflect.apply(startProxy, undefined, [{ ...right, ...wrong }]).catch(
        (reason: unknown) => reason
      )
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).not.toContain(secret)
    }
  })
})
