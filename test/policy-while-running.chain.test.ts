import { chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { sellerTest as test } from './interop/sellers/seller-test.js'
import { type Home, newHome, type RunningServer, servers } from './running-servers.js'

const wide = ['policy', 'set', 'limits.payment=0.6', 'limits.day=9'] as const
/** What a model may say that costs more than the balance has, and less than it and one top-up. */
const MUCH = 30_000

const narrow = ['policy', 'set', 'limits.payment=0.000001'] as const

/** What can become of the file while a server runs, each of which is no policy. */
const damages: Readonly<Record<string, (path: string) => void>> = {
  'is cut': (path) => writeFileSync(path, '{"limits":'),
  'is empty': (path) => writeFileSync(path, ''),
  'has a setting that nobody knows': (path) => writeFileSync(path, '{"limits":{"payment":"9","dya":"1"}}'),
  'can be changed by others': (path) => chmodSync(path, 0o666),
  'is a link to nothing': (path) => {
    rmSync(path)
    symlinkSync(`${path}.gone`, path)
  }
}

/** Damages the file, expects that nothing is paid, and puts it back. */
async function refuseWhile(server: RunningServer, { policyPath, bursar }: Home, damage: string) {
  renameSync(policyPath, `${policyPath}.kept`)
  writeFileSync(policyPath, '{}', { mode: 0o600 })
  damages[damage]?.(policyPath)
  expect(await server.pay(), damage).toBe('policy/unreadable')
  renameSync(`${policyPath}.kept`, policyPath)
  await bursar('policy', 'check')
  expect(await server.pay(), `after it ${damage}`).toBe('paid')
}

describe.each(servers)('P66: %s, while its policy changes', (_, start) => {
  test('obeys a stricter one with the next payment, and a looser one when it is started anew', async ({
    stack,
    facilitator
  }) => {
    const home = await newHome(stack, facilitator)
    await home.bursar(...wide)
    const server = await start(home)
    expect(await server.pay()).toBe('paid')
    await home.bursar(...narrow)
    expect(await server.pay()).toBe('offer/over-limit')
    await home.bursar(...wide)
    expect(await server.pay()).toBe('offer/over-limit')
    expect(server.said()).toContain('The policy is stricter from now on: limits.payment.')
    expect(server.said()).toContain('which holds when this is started anew: limits.payment.')
    rmSync(home.policyPath)
    expect(await server.pay()).toBe('offer/over-limit')
    await home.bursar(...wide)
    await server.stop()
    expect(await (await start(home)).pay()).toBe('paid')
  })

  test('pays nothing while its file cannot be read, nor while everything is frozen', async ({
    stack,
    facilitator
  }) => {
    const home = await newHome(stack, facilitator)
    await home.bursar(...wide)
    const server = await start(home)
    for (const damage of Object.keys(damages)) await refuseWhile(server, home, damage)
    await home.bursar('freeze', 'a look')
    expect(await server.pay()).toBe('ledger/frozen')
    await home.bursar('thaw')
    expect(await server.pay()).toBe('paid')
  })
})

const toppedUp = servers.filter(([name]) => !name.includes('--connect'))

describe.each(toppedUp)('the rule for top-ups of %s, while its policy changes', (_, start) => {
  /** How many top-ups the record has. */
  const topUps = async ({ bursar }: Home): Promise<number> => {
    const { out } = await bursar('history', '--json')
    const lines = out.split('\n').filter((line) => line !== '')
    return lines.filter((line) => JSON.parse(line).labels['top-up'] !== undefined).length
  }

  test('a stricter one is obeyed with the next top-up, and a looser one when it is started anew', async ({
    stack,
    facilitator
  }) => {
    const home = await newHome(stack, facilitator)
    const rule = (perDay: string) => [
      'policy',
      'set',
      'topUp.katana.amount=0.4',
      `topUp.katana.perDay=${perDay}`
    ]
    await home.bursar('policy', 'set', 'limits.payment=0.41', 'limits.day=9', 'topUp.katana.cooldownMs=0')
    await home.bursar(...rule('4'))
    const { write = expect.unreachable(), said, stop } = await start(home)
    expect([await write(20), await topUps(home)]).toEqual(['paid', 1])
    await home.bursar(...rule('0.5'))
    expect([await write(MUCH), await topUps(home)]).toEqual(['offer/over-limit', 1])
    expect(said()).toContain('The policy is stricter from now on: topUp.katana.perDay.')
    await home.bursar(...rule('4'))
    expect([await write(MUCH + 1), await topUps(home)]).toEqual(['offer/over-limit', 1])
    expect(said()).toContain('which holds when this is started anew: topUp.katana.perDay.')
    await stop()
    const { write: again = expect.unreachable() } = await start(home)
    expect([await again(MUCH), await topUps(home)]).toEqual(['paid', 2])
  })

  test('one that is gone tops nothing up any more', async ({ stack, facilitator }) => {
    const home = await newHome(stack, facilitator)
    await home.bursar(
      'policy',
      'set',
      'limits.payment=0.41',
      'limits.day=9',
      'topUp.katana.amount=0.4',
      'topUp.katana.perDay=4',
      'topUp.katana.cooldownMs=0'
    )
    const { write = expect.unreachable() } = await start(home)
    expect([await write(20), await topUps(home)]).toEqual(['paid', 1])
    await home.bursar(
      'policy',
      'unset',
      ...['amount', 'perDay', 'cooldownMs'].map((name) => `topUp.katana.${name}`)
    )
    expect([await write(MUCH), await topUps(home)]).toEqual(['offer/over-limit', 1])
  })
})
