import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { isProvenGone, ownIdentity, type ProcessTable } from './process-identity.js'

/** A process of this machine, and what the system says of it. */
function provenGone(started: string | undefined, isFree: boolean): boolean {
  const table: ProcessTable = { startOf: () => started, isFree: () => isFree }
  return isProvenGone({ ...ownIdentity(), pid: 4711, started: '100' }, table)
}

describe('a process is gone', () => {
  it('when nobody has its number, or another process has', () => {
    expect(provenGone(undefined, true)).toBe(true)
    expect(provenGone('200', false)).toBe(true)
    expect(provenGone('100', false)).toBe(false)
  })

  it('not because the system hides it: what cannot be seen may still pay', () => {
    expect(provenGone(undefined, false)).toBe(false)
  })

  it('never when it ran elsewhere, or did not say when it began', () => {
    const own = ownIdentity()
    expect(isProvenGone({ ...own, machine: 'elsewhere', started: '1' })).toBe(false)
    expect(isProvenGone({ ...own, started: '' })).toBe(false)
  })

  it('once it has ended, by the system itself', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    expect(isProvenGone(ownIdentity())).toBe(false)
    expect(isProvenGone({ ...ownIdentity(), pid: child.pid ?? 0, started: '1' })).toBe(true)
  })
})
