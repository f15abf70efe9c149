import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { changePolicy } from '../change-policy.js'
import { parseSetting } from '../settings/parse-setting.js'
import { holderText, ownHolder } from './lock-holder.js'

function newPolicy() {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [path, lock] = [join(folder, 'policy.json'), join(folder, 'policy.json.lock')]
  const set = (text = 'limits.day=1') => changePolicy({ path, isNamed: false }, { set: [parseSetting(text)] })
  return { folder, path, lock, set }
}

/** The number of a process that is over. */
function deadPid(): number {
  return Number(spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout)
}

/** As most systems count, no process has it. */
const DEAD = 99_999_999

describe('the lock of a file', () => {
  it('M46: of a process that was killed is in nobody’s way, and of many that come at once none loses its change', async () => {
    const { folder, path, lock, set } = newPolicy()
    for (let round = 0; round < 5; round++) {
      writeFileSync(lock, holderText({ ...ownHolder(), pid: deadPid() }))
      const names = ['payment', 'minute', 'hour', 'day', 'week', 'month', 'total']
      await Promise.all(names.map((name) => set(`limits.${name}=${round + 1}`)))
      const { limits } = JSON.parse(readFileSync(path, 'utf8'))
      expect(limits).toEqual(Object.fromEntries(names.map((name) => [name, String(round + 1)])))
      expect(readdirSync(folder)).toEqual(['policy.json'])
    }
  })

  it.runIf(process.platform === 'linux').each([
    ['that had the number of this process', { started: '1' }],
    [
      'of which the machine was switched off',
      { machine: ownHolder().machine.replace(/ \S+/, ' an-earlier-boot') }
    ]
  ])('M46: of a process %s is in nobody’s way', async (_, other) => {
    const { lock, set } = newPolicy()
    writeFileSync(lock, holderText({ ...ownHolder(), ...other }))
    expect(await set()).toEqual({ limits: { day: '1' } })
  })

  it.each([
    ['of a process that runs', holderText(ownHolder())],
    ['of another machine', holderText({ ...ownHolder(), pid: DEAD, machine: `not-${ownHolder().machine}` })],
    [
      'of another container of the same name',
      holderText({ ...ownHolder(), pid: DEAD, machine: `${ownHolder().machine}1` })
    ],
    ['that says nothing', '']
  ])('M46: %s is waited for', async (_, text) => {
    const { path, lock, set } = newPolicy()
    writeFileSync(lock, text)
    const setting = set()
    await sleep(300)
    expect([existsSync(path), readFileSync(lock, 'utf8')]).toEqual([false, text])
    rmSync(lock)
    expect(await setting).toEqual({ limits: { day: '1' } })
  })
})
