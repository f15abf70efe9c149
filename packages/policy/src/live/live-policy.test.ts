import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readPlace } from '../read-policy.js'
import { LivePolicy } from './live-policy.js'

/** A policy that a program was started with, and its file. */
function started(text: string) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-policy-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const path = join(home, 'policy.json')
  const write = (now: string): void => {
    writeFileSync(`${path}.new`, now, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  write(text)
  const read = () => readPlace({ path, isNamed: false }) ?? {}
  const said: string[] = []
  const live = new LivePolicy(read(), { paths: [path], read, report: (line) => said.push(line) })
  return { live, write, said, path }
}

it('takes a stricter policy at once, and a looser one not before the program is started anew', () => {
  const { live, write, said } = started('{"limits":{"payment":"1","day":"5"}}')
  expect(live.current()).toBe(live.current())
  write('{"limits":{"payment":"0.1","day":"9"}}')
  expect(live.current()).toEqual({ limits: { payment: '0.1', day: '5' } })
  write('{"limits":{"payment":"1","day":"5"}}')
  expect(live.current()).toEqual({ limits: { payment: '0.1', day: '5' } })
  expect(said).toEqual([
    'The policy is stricter from now on: limits.payment.',
    'The policy allows more, which holds when this is started anew: limits.day.',
    'The policy allows more, which holds when this is started anew: limits.payment.'
  ])
})

it('stops every payment while the file cannot be read, and goes on when it can', () => {
  const { live, write, said } = started('{"limits":{"payment":"1"}}')
  write('{"limits":')
  for (const _ of [1, 2])
    expect(() => live.current()).toThrow(expect.objectContaining({ code: 'policy/unreadable' }))
  write('{"limits":{"payment":"0.5"}}')
  expect(live.current()).toEqual({ limits: { payment: '0.5' } })
  expect(said).toHaveLength(3)
})

it('goes on as well when the file itself did not change: the system had no descriptor left', () => {
  const said: string[] = []
  let fails = true
  const read = () => {
    if (fails) throw new Error('EMFILE: too many open files')
    return { limits: { payment: '0.5' } } as const
  }
  const live = new LivePolicy(
    {},
    { paths: ['/nowhere/policy.json'], read, report: (line) => said.push(line) }
  )
  for (const _ of [1, 2, 3]) expect(() => live.current()).toThrow('EMFILE')
  expect(said).toHaveLength(1)
  fails = false
  expect(live.current()).toEqual({ limits: { payment: '0.5' } })
})

it('keeps what held when the file is taken away', () => {
  const { live, path } = started('{"limits":{"payment":"1"},"allow":{"payees":"pin"}}')
  rmSync(path)
  expect(live.current()).toEqual({ limits: { payment: '1' }, allow: { payees: 'pin' } })
})

it('keeps a pin in force when accounts are named instead, and says that they wait', () => {
  const { live, write, said } = started('{"allow":{"payees":"pin"}}')
  write(`{"allow":{"payees":["0x${'1'.repeat(40)}"]}}`)
  expect(live.current()).toEqual({ allow: { payees: 'pin' } })
  expect(said).toEqual(['The policy allows more, which holds when this is started anew: allow.payees.'])
})

it('says of settings that are no guards that they wait, also where they are stricter', () => {
  const { live, write, said } = started('{"limits":{"payment":"1"},"signIn":"always"}')
  write('{"limits":{"payment":"1"},"signIn":false,"prefer":"cheapest"}')
  expect(live.current()).toEqual({ limits: { payment: '1' }, signIn: 'always' })
  expect(said).toEqual(['These settings hold when this is started anew: signIn, prefer.'])
})

it('M48: stops every payment when the file that was taken away becomes a link to nothing', () => {
  const { live, path } = started('{"limits":{"payment":"1"}}')
  rmSync(path)
  expect(live.current()).toEqual({ limits: { payment: '1' } })
  symlinkSync(`${path}.gone`, path)
  expect(() => live.current()).toThrow(expect.objectContaining({ code: 'policy/unreadable' }))
})
