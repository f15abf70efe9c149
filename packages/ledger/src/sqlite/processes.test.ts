import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atomicUsdc, systemClock } from '@bursar/core'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sqliteLedger } from '../sqlite.js'

const home = fileURLToPath(new URL('../..', import.meta.url))

/** What every child begins with: a ledger, and a way to make purchases. */
const prelude = `
  import { sqliteLedger } from '@bursar/ledger/sqlite'
  const [, path, name] = process.argv
  const ledger = sqliteLedger({ path })
  const offer = { dialect: 'x402-v2', network: 'eip155:8453', asset: '0xa', payTo: '0xb', amountAtomic: 7n, cost: 7n }
  const budgets = [{ name: 'total', limit: 1000n }]
  const reservation = (id) => ({ id, fingerprint: id, method: 'GET', origin: 'https://a.example', path: '/', offer, budgets, labels: {} })
  const payment = { network: 'eip155:8453', asset: '0xa', payer: '0xc', payTo: '0xb', amountAtomic: 7n, reference: '0xd',
    expiresAtSeconds: 4000000000, expiry: 4000000000n, payload: {} }
  const signed = { type: 'signed', payment, header: { name: 'PAYMENT-SIGNATURE', value: 'bytes' } }`

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'ledger.db')
}

function start(program: string, path: string, name: string) {
  const args = ['--input-type=module', '-e', `${prelude}\n${program}`, path, name]
  const child = spawn(process.execPath, args, { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return { child, gone: once(child, 'exit'), said: () => said.split('\n').filter((line) => line !== '') }
}

describe('eight processes on one file', () => {
  it('together fill a budget exactly, never over it, and nothing is stuck', async () => {
    const path = newPath()
    const program = `
      for (let round = 0; round < 40; round++) {
        const ids = Array.from({ length: 4 }, (_, index) => name + '-' + round + '-' + index)
        await Promise.all(ids.map(async (id) => {
          try { await ledger.reserve(reservation(id)) } catch (error) {
            if (error.code !== 'offer/over-limit') throw error
            return
          }
          if (Math.random() < 0.5) return ledger.recordEvent(id, { type: 'released' })
          await ledger.recordEvent(id, signed)
          await ledger.recordEvent(id, { type: 'settled' })
          await ledger.recordEvent(id, { type: 'answered' })
        }))
      }
      await ledger.close()`
    const children = Array.from({ length: 8 }, (_, index) => start(program, path, `p${index}`))
    for (const { gone } of children) expect(await gone).toEqual([0, null])
    const ledger = sqliteLedger({ path })
    onTestFinished(() => ledger.close())
    const states: string[] = []
    for await (const { state } of ledger.history()) states.push(state)
    // 1000 = 142 x 7 + 6: one more would pass it, and one less would leave room that somebody was refused.
    expect(states.filter((state) => state === 'settled')).toHaveLength(142)
    expect(states.filter((state) => state !== 'settled' && state !== 'released')).toEqual([])
  })
})

describe('a process that is killed', () => {
  it.each([
    ['after it was reserved', 'await ledger.reserve(asked); await ledger.recordEvent(asked.id, signed)'],
    ['as it was reserved', 'await ledger.reserve(asked, () => signed)']
  ])('loses no payment, signed %s, that it was told is written', async (_, pay) => {
    const path = newPath()
    const program = `
      for (let at = 0; ; at++) {
        const asked = { ...reservation(name + '-' + at), budgets: [] }
        ${pay}
        process.stdout.write(asked.id + '\\n')
      }`
    const told: string[] = []
    for (let round = 0; round < 6; round++) {
      const { child, gone, said } = start(program, path, `r${round}`)
      await expect.poll(() => said().length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(round * 7)
      child.kill('SIGKILL')
      await gone
      told.push(...said())
    }
    const ledger = sqliteLedger({ path })
    onTestFinished(() => ledger.close())
    const outstanding = new Set((await ledger.outstanding()).map(({ id }) => id))
    expect(told.filter((id) => !outstanding.has(id))).toEqual([])
    const sum = BigInt(outstanding.size) * 7n
    const budgets = [{ name: 'total', limit: atomicUsdc(0n) }]
    const asked = {
      ...JSON.parse('{"id":"x","fingerprint":"x","method":"GET","path":"/","labels":{}}'),
      budgets
    }
    const offer = {
      dialect: 'x402-v2',
      network: 'eip155:8453',
      asset: '0xa',
      payTo: '0xb',
      amountAtomic: 1n
    } as const
    const reservation = { ...asked, origin: 'https://a.example', offer: { ...offer, cost: atomicUsdc(1n) } }
    // What the last one had only reserved is given back with the first write, after the file is open.
    await expect.poll(async () => (await ledger.check(reservation))?.used).toBe(sum)
  })

  it('leaves its call to the next that is equal, at once, and gives back what it had only reserved', async () => {
    const path = newPath()
    const program = `
      await ledger.reserve(reservation('only-reserved'))
      await ledger.reserve(reservation('signed'))
      await ledger.recordEvent('signed', signed)
      process.stdout.write('ready\\n')
      setInterval(() => {}, 1000)`
    const { child, gone, said } = start(program, path, 'p')
    await expect.poll(said, { timeout: 10_000, interval: 5 }).toEqual(['ready'])
    const ledger = sqliteLedger({ path })
    onTestFinished(() => ledger.close())
    const query = { fingerprint: 'signed', endedAfterMs: 0 }
    expect(await ledger.resume(query)).toBeUndefined()
    child.kill('SIGKILL')
    await gone
    expect(await ledger.resume(query)).toMatchObject({ id: 'signed', header: { value: 'bytes' } })
    const next = sqliteLedger({ path })
    onTestFinished(() => next.close())
    await expect.poll(async () => (await next.get('only-reserved'))?.state).toBe('released')
  })

  it('has spent what its account could be billed for, since nobody can tell', async () => {
    const path = newPath()
    const program = `
      const billed = { ...offer, dialect: 'account', network: 'account:usd' }
      await ledger.reserve({ ...reservation('billed'), offer: billed })
      process.stdout.write('ready\\n')
      setInterval(() => {}, 1000)`
    const { child, gone, said } = start(program, path, 'p')
    await expect.poll(said, { timeout: 10_000, interval: 5 }).toEqual(['ready'])
    const ledger = sqliteLedger({ path })
    onTestFinished(() => ledger.close())
    expect(await ledger.get('billed')).toMatchObject({ state: 'sent', call: 'open' })
    child.kill('SIGKILL')
    await gone
    const next = sqliteLedger({ path })
    onTestFinished(() => next.close())
    await expect.poll(async () => (await next.get('billed'))?.state).toBe('settled')
    expect(await next.get('billed')).toMatchObject({ call: 'failed', offer: { cost: 7n } })
  })

  it('is found out by its silence when another process has its number by now', async () => {
    const path = newPath()
    const program = `
      await ledger.reserve(reservation('signed'))
      await ledger.recordEvent('signed', signed)
      process.stdout.write('ready\\n')
      setInterval(() => {}, 1000)`
    const { child, gone, said } = start(program, path, 'p')
    await expect.poll(said, { timeout: 10_000, interval: 5 }).toEqual(['ready'])
    child.kill('SIGKILL')
    await gone
    const file = new Database(path)
    file.exec(`UPDATE sessions SET pid = ${process.ppid}`)
    file.close()
    let aheadMs = 0
    const ledger = sqliteLedger({ path, clock: { ...systemClock, nowMs: () => Date.now() + aheadMs } })
    onTestFinished(() => ledger.close())
    const query = { fingerprint: 'signed', endedAfterMs: 0 }
    expect(await ledger.resume(query)).toBeUndefined()
    aheadMs = 11_000
    expect(await ledger.resume(query)).toMatchObject({ id: 'signed' })
  })
})
