import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseSetting } from '@bursar/policy'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commandPolicy, type PolicyContext } from './command-policy.js'

/** A command whose file says this. */
function withFile(policy: object): PolicyContext {
  const home = mkdtempSync(join(tmpdir(), 'bursar-policy-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 })
  return { env: { BURSAR_HOME: home }, flagLayers: [] }
}

describe('--confirm-above', () => {
  it('pays what nobody answered where nothing else says anything of it', () => {
    expect(commandPolicy(withFile({}), { confirmAbove: '0.10' }).policy.confirm).toEqual({
      above: '0.10',
      unanswered: 'pay'
    })
  })

  it('leaves it refused where the file, the environment or --set says anything of it', () => {
    const file = withFile({ confirm: { above: '0.10' } })
    const confirm = { confirm: { above: '0.05' } }
    expect(commandPolicy(file, { confirmAbove: '0.05' }).policy).toEqual(confirm)
    const none = withFile({})
    const env = { ...none.env, BURSAR_SET: 'confirm.above=0.10' }
    expect(commandPolicy({ ...none, env }, { confirmAbove: '0.05' }).policy).toEqual(confirm)
    const settings = [parseSetting('confirm.above=0.10')]
    const layers: PolicyContext['flagLayers'] = [{ source: 'flag', name: '--set', settings }]
    expect(commandPolicy({ ...none, flagLayers: layers }, { confirmAbove: '0.05' }).policy).toEqual(confirm)
  })

  it('does not decide against the file or --unconfirmed', () => {
    const file = withFile({ confirm: { above: '0.10', unanswered: 'pay' } })
    expect(commandPolicy(file, { confirmAbove: '0.05' }).policy.confirm?.unanswered).toBe('pay')
    const flags = { confirmAbove: '0.05', unconfirmed: 'refuse' } as const
    expect(commandPolicy(file, flags).policy.confirm?.unanswered).toBe('refuse')
  })
})
