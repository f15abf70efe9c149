import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { newStackTerminal, newTerminal } from '../../test/terminal.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 10, accounts: [] } } })
const keyed = stackTest({ solana: false })
const paid = ['--max-amount', '0.60']
const chat = (words: string) => ['chat', `Reply with exactly: ${words}`, '--max-tokens', '64', ...paid]

describe('bursar chat', () => {
  test('pays directly where there is no balance, and from the balance once there is one', async ({
    stack
  }) => {
    const { bursar, address } = await newStackTerminal(stack)
    expect(await bursar(...chat('hello there'))).toMatchObject({
      code: 0,
      out: 'hello there\n',
      err: expect.stringMatching(
        /^Paid 0\.\d+ USDC on Base\.\nIt was paid directly, .*: bursar topup 1\.00\n$/
      )
    })
    expect((await bursar('topup', '0.4', ...paid)).code).toBe(0)
    const before = await stack.base?.authorizationsUsed(address)
    const again = await bursar(...chat('from the balance'))
    expect(again).toMatchObject({ code: 0, out: 'from the balance\n' })
    expect(again.err).toMatch(/^0\.\d+ USDC from the prepaid balance, 0\.39\d* left\.\n$/)
    expect(await stack.base?.authorizationsUsed(address)).toEqual(before)
    const balance = await bursar('balance', '--json')
    expect(JSON.parse(balance.out)).toMatchObject({ prepaid: [{ service: 'katana', address }] })
    expect((await bursar('balance')).out).toMatch(/katana +prepaid from Base +0\.39\d* USDC/)
    const { out } = await bursar('history')
    expect(out).toMatch(/balance from Base/)
  })

  test('ends with 3 where the balance alone is to pay and holds nothing, and nothing was paid', async ({
    stack
  }) => {
    const { bursar, address } = await newStackTerminal(stack)
    expect(await bursar(...chat('x'), '--billing', 'wallet')).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('balance/insufficient')
    })
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })

  test('whose answer is lost ends with 4 or 5, and the same command has it for one payment', async ({
    stack
  }) => {
    const { bursar, address } = await newStackTerminal(stack)
    stack.gateway.faults.next('answer-lost-after-settling', { times: 10 })
    const lost = await bursar(...chat('once'), '--billing', 'direct')
    stack.gateway.faults.clear()
    expect([4, 5]).toContain(lost.code)
    expect(lost.out).toBe('')
    expect(await bursar(...chat('once'), '--billing', 'direct')).toMatchObject({ code: 0, out: 'once\n' })
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(1)
  })

  test('whose answer cannot be printed ends with 4, and the same command has it for one payment', async ({
    stack
  }) => {
    let isFull = true
    const beforeWrite = (): void => {
      if (isFull) throw new Error('ENOSPC: no space left on device')
    }
    const { bursar, address } = await newStackTerminal(stack, { beforeWrite })
    const lost = await bursar(...chat('printed'), '--billing', 'direct')
    expect(lost).toMatchObject({ code: 4, err: expect.stringMatching(/pays no more.*ENOSPC/) })
    isFull = false
    expect(await bursar(...chat('printed'))).toMatchObject({ code: 0, out: 'printed\n' })
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(1)
    expect((await bursar('history', '--json')).out).toContain('"billing":"direct"')
    expect((await bursar('topup', '0.4', ...paid)).code).toBe(0)
    isFull = true
    expect(await bursar(...chat('charged'))).toMatchObject({
      code: 4,
      err: expect.stringContaining('the same command would be charged again')
    })
  })

  test('passes on instructions, and prints the whole answer with --json', async ({ stack }) => {
    const { bursar } = await newStackTerminal(stack)
    const { code, out } = await bursar(...chat('x'), '--system', 'Be brief', '--json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { choices: [{ message: { content: 'x' } }] }])
  })

  test('whose model does not exist ends with 1 or 3, before anything is paid', async ({ stack }) => {
    const { bursar, address } = await newStackTerminal(stack)
    expect([1, 3]).toContain((await bursar(...chat('x'), '--model', 'no-such-model')).code)
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })

  keyed(
    'billed to a key arrives as it is written, whole with --json, and is in the record',
    async ({ stack }) => {
      const { bursar, address } = await newStackTerminal(stack)
      const byKey = [...chat('by key'), '--billing', 'key']
      expect(await bursar(...byKey)).toMatchObject({ code: 0, out: 'by key\n', err: '' })
      expect(JSON.parse((await bursar(...byKey, '--json')).out)).toMatchObject({
        choices: [{ message: { content: 'by key' } }]
      })
      expect((await bursar('history')).out.match(/account/g)).toHaveLength(2)
      expect(await stack.base?.authorizationsUsed(address)).toEqual([])
    }
  )
})

describe('bursar topup', () => {
  test('credits exactly that, at Katana and at Venice, and says what there is', async ({ stack }) => {
    const { bursar, address } = await newStackTerminal(stack, { funds: '20' })
    expect(await bursar('topup', '0.5', ...paid)).toMatchObject({
      code: 0,
      out: '0.5 USDC credited; the balance is 0.5 USDC.\n'
    })
    const json = await bursar('topup', '0.25', ...paid, '--json', '--network', 'base')
    expect(JSON.parse(json.out)).toMatchObject({ credited: '0.25', wallet: address, balance: '0.75' })
    const venice = await bursar('topup', '5', '--service', 'venice', '--max-amount', '6', '--json')
    expect([venice.code, JSON.parse(venice.out)]).toMatchObject([0, { credited: '5' }])
    const { prepaid } = JSON.parse((await bursar('balance', '--json')).out)
    expect(prepaid.map(({ service, usdc }: Record<string, string>) => `${service} ${usdc}`).sort()).toEqual([
      'katana 0.75',
      'venice 5'
    ])
  })

  test('ends with 3 above a limit, with 2 for a network without an account, and pays nothing', async ({
    stack
  }) => {
    const { bursar, address } = await newStackTerminal(stack)
    expect(await bursar('topup', '1', ...paid)).toMatchObject({
      code: 3,
      err: expect.stringContaining('A top-up of 1 USDC was')
    })
    expect((await bursar('topup', '0.1', ...paid, '--network', 'solana')).code).toBe(2)
    expect((await bursar('topup', '-1', ...paid)).code).toBe(2)
    expect((await bursar('topup', '0', ...paid)).code).toBe(2)
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })
})

test('S25: bursar models --live lists what Katana has now, for nothing and without an account', async ({
  stack
}) => {
  const { bursar } = newTerminal({ env: { KATANA_URL: stack.gateway.url } })
  const { models: live } = JSON.parse((await bursar('models', '--live', '--json')).out)
  expect(live).toHaveLength(111)
  expect(live.find(({ name }: { name: string }) => name === 'ltx-2-3')).toMatchObject({
    ...{ source: 'live', hasAudio: true, rules: ['audio_ff_only', 'audio_drives_duration'] },
    raw: { public_model_name: 'ltx-2-3', maximum_reference_audio_files: 1 }
  })
  expect((await bursar('models', 'veo3-1', '--live')).out).toMatch(/^source +live$/m)
})

describe('bursar image and video', () => {
  test('are generated, paid once each, saved, and listed', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const image = await bursar('image', 'A mug', '-o', join(home, 'out'), ...paid)
    expect(image).toMatchObject({ code: 0, err: expect.stringContaining('is paid for. Waiting for it.') })
    expect(readFileSync(image.out.trim()).subarray(1, 4).toString()).toBe('PNG')
    const video = await bursar('video', 'A wave', '-o', join(home, 'out'), '--max-amount', '5', '--json')
    const { job, files } = JSON.parse(video.out)
    expect([video.code, files]).toMatchObject([0, [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]])
    const { out: list } = await bursar('jobs')
    expect(list).toContain(job)
    expect(list.match(/bought/g)).toHaveLength(2)
    expect(JSON.parse((await bursar('jobs', 'list', '--json')).out).jobs).toHaveLength(2)
    const again = await bursar('jobs', 'resume', job, '-o', join(home, 'again'))
    expect([again.code, readdirSync(join(home, 'again'))]).toMatchObject([0, [expect.stringContaining(job)]])
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(2)
  })

  test('whose answer is lost is carried on by the same command, and paid once', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const command = ['image', 'A lamp', '-o', join(home, 'out'), ...paid]
    stack.gateway.faults.next('answer-lost-after-settling', { times: 10 })
    const lost = await bursar(...command)
    stack.gateway.faults.clear()
    expect([4, 5]).toContain(lost.code)
    expect((await bursar('jobs')).out).toContain('cut off: bursar image again')
    const again = await bursar(...command)
    expect(again).toMatchObject({ code: 0, err: expect.stringContaining('going on where it was') })
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(1)
    // What is saved is over: the same command buys a new one.
    expect((await bursar(...command)).code).toBe(0)
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(2)
  })

  test('whose job fails end with 4, say so, and are bought again by the same command', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const command = ['image', 'A hat', '-o', join(home, 'out'), ...paid]
    stack.gateway.faults.next('job-fails', { leg: 'paid' })
    const failed = await bursar(...command)
    expect(failed).toMatchObject({ code: 4, out: '', err: expect.stringContaining('job/failed') })
    expect((await bursar(...command)).code).toBe(0)
    expect(await stack.base?.authorizationsUsed(address)).toHaveLength(2)
  })

  test('above the limit, or that Katana would reject, end before anything is paid', async ({ stack }) => {
    const { bursar, home, address } = await newStackTerminal(stack)
    const rejected = await bursar('image', 'x', '-o', home, '--max-amount', '0.001')
    expect(rejected).toMatchObject({ code: 3, err: expect.stringContaining('offer/over-limit') })
    expect((await bursar('image', 'x', '-o', home, '--aspect-ratio', '99:1', ...paid)).code).toBe(1)
    expect((await bursar('jobs')).out).toBe('There are no jobs.\n')
    expect(await stack.base?.authorizationsUsed(address)).toEqual([])
  })

  test('that nobody bought cannot be resumed: 2, and where to look', async ({ stack }) => {
    const { bursar, home } = await newStackTerminal(stack)
    const id = '0f3f0ab9-2d2c-4d99-a7cc-76cf82735246'
    expect(await bursar('jobs', 'resume', id, '-o', home)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`knows no job ${id}`)
    })
    expect((await bursar('jobs', 'resume', 'a b', '-o', home)).code).toBe(2)
  })
})
