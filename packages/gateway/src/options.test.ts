import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FaultPlan } from './faults/fault-plan.js'
import { startStack } from './stack/start-stack.js'
import { startGateway } from './start-gateway.js'

const rpcUrl = 'http://127.0.0.1:9'
const relays = { accounts: [{ key: 'sk-local', usd: '1' }] }
const katana = (options: object): object => ({ katana: options })

describe('P25, P26: an option of startGateway', () => {
  it.each<[object, string]>([
    [{ ports: 1 }, 'ports is not an option; did you mean port?'],
    [{ port: 65_536 }, 'port must be a whole number from 0 to 65535, not 65536'],
    [{ host: '0.0.0.0' }, 'host must be \'127.0.0.1\', not "0.0.0.0"'],
    [{ replay: 'refuse' }, "replay must be 'answer' or 'reject', not \"refuse\""],
    [{ maxBodyBytes: 0 }, 'maxBodyBytes must be a whole number from 1'],
    [{ receiptTimeoutMs: '1s' }, 'receiptTimeoutMs must be a whole number from 0'],
    [{ clock: Date }, 'clock must be an object, not a function'],
    [{ base: { rpcUrl, payto: '0x1' } }, 'base.payto is not an option; did you mean base.payTo?'],
    [{ base: { rpcUrl: 'base' } }, 'base.rpcUrl must be a URL'],
    [
      { solana: { rpcUrl, feePayer: 'x' } },
      'solana.feePayer is not an option; did you mean solana.feePayerKey?'
    ],
    [{ solana: { rpcUrl, tokenAccount: 'none' } }, "solana.tokenAccount must be 'created' or 'missing'"],
    [katana({ generationMS: 0 }), 'katana.generationMS is not an option; did you mean katana.generationMs?'],
    [katana({ gasUsd: 0 }), "katana.gasUsd must be decimal text, such as '0.25', not 0"],
    [katana({ echo: 'loose' }), "katana.echo must be 'verbatim' or 'documented'"],
    [katana({ rulesOff: ['audio_15_max'] }), "katana.rulesOff[0] must be 'first_frame_required' or "],
    [katana({ accounts: [{ key: 'dev', secrt: 'x' }] }), 'did you mean katana.accounts[0].secret?'],
    [{ relays: { account: [] } }, 'relays.account is not an option; did you mean relays.accounts?'],
    [{ relays: { accounts: [{ key: 'sk-1', usd: 1 }] } }, 'relays.accounts[0].usd must be decimal text'],
    [{ relays: { wanStream: 'text' } }, "relays.wanStream must be 'json' or 'events', not \"text\""]
  ])('%# %o is a TypeError that names it', async (wrong, message) => {
    const starting = Reflect.apply(startGateway, undefined, [{ relays, ...wrong }])
    await expect(starting).rejects.toThrow(message)
    await expect(starting).rejects.toBeInstanceOf(TypeError)
  })

  it('that is right starts it, and a port that is taken is a BursarError', async () => {
    await using gateway = await startGateway({ relays, katana: { rulesOff: ['audio_ff_only'] } })
    expect(gateway.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const other = createServer()
    onTestFinished(() => void other.close())
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(startGateway({ relays, port })).rejects.toMatchObject({
      code: 'server/port-unavailable',
      context: { port, reason: 'EADDRINUSE' },
      moneyState: 'none'
    })
  })
})

describe('P25: an option of startStack', () => {
  it.each<[object, string]>([
    [{ solna: false }, 'solna is not an option; did you mean solana?'],
    [{ solana: 'no' }, 'solana must be an object, not "no"'],
    [{ base: { chainID: 1 }, solana: false }, 'chainID is not an option; did you mean chainId?'],
    [{ funds: 5 }, "funds must be decimal text, such as '0.25', not 5"],
    [{ gateway: { faults: [] } }, 'gateway.faults is not an option'],
    [{ gateway: { base: {} } }, 'gateway.base is not an option'],
    [{ gateway: { katana: { gasUSD: '1' } } }, 'did you mean gateway.katana.gasUsd?']
  ])('%# %o is a TypeError that names it, and no chain stays', async (wrong, message) => {
    const starting = Reflect.apply(startStack, undefined, [wrong])
    await expect(starting).rejects.toThrow(message)
    await expect(starting).rejects.toBeInstanceOf(TypeError)
  })
})

describe('P25, P83: a fault that is armed', () => {
  it.each<[string, object, string]>([
    ['slow', { time: 2 }, 'options.time is not an option; did you mean options.times?'],
    ['slow', { times: 0 }, 'options.times must be a whole number from 1'],
    ['slow', { delayMs: '1s' }, 'options.delayMs must be a whole number from 0'],
    ['slow', { leg: 'first' }, "options.leg must be 'unpaid' or 'paid' or 'any', not \"first\""],
    ['slow', { match: '/paid' }, 'options.match must be a function, not "/paid"'],
    ['settlement-pending', { lands: 'no' }, 'options.lands must be true or false, not "no"'],
    ['redirect-to-other-origin', { to: 'elsewhere' }, 'options.to must be a URL'],
    ['redirect-to-other-origin', {}, 'give the option "to"'],
    ['slwo', {}, 'There is no fault "slwo". There are: slow, ']
  ])('%# as %s with %o is a TypeError, and nothing is armed', (name, options, message) => {
    const plan = new FaultPlan()
    expect(() => Reflect.apply(plan.next, plan, [name, options])).toThrow(message)
    expect(() => Reflect.apply(plan.next, plan, [name, options])).toThrow(TypeError)
    expect(plan.draw({ method: 'GET', path: '/', query: '', paid: true })).toEqual([])
  })
})
