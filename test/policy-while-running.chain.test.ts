import { chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { stackTest } from '@bursar/gateway/vitest'
import { describe, expect } from 'vitest'
import { type Home, newHome, type RunningServer, servers } from './running-servers.js'

const test = stackTest({ solana: false })

const wide = ['policy', 'set', 'limits.payment=0.6', 'limits.day=9'] as const
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
    stack
  }) => {
    const home = newHome(stack)
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

  test('pays nothing while its file cannot be read, nor while everything is frozen', async ({ stack }) => {
    const home = newHome(stack)
    await home.bursar(...wide)
    const server = await start(home)
    for (const damage of Object.keys(damages)) await refuseWhile(server, home, damage)
    await home.bursar('freeze', 'a look')
    expect(await server.pay()).toBe('ledger/frozen')
    await home.bursar('thaw')
    expect(await server.pay()).toBe('paid')
  })
})
