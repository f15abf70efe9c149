import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ledger } from '@bursar/core'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { bursarRows, otherRows, policyOf, settingOf, settingsOfSchema } from '../../test/policy-table.js'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const made: unknown[] = vi.hoisted(() => [])
vi.mock('bursar', async (original) => ({
  ...(await original<typeof import('bursar')>()),
  createBursar: (options: unknown) => {
    made.push(options)
    throw new TypeError('The options are known.')
  }
}))

afterEach(() => {
  made.length = 0
})

const verbs = [['pay', 'https://a.example/'], ['proxy', '--port', '0'], ['mcp']]

/** What of a bursar's options is looked at. */
interface Made {
  readonly inFlight?: string
  readonly ledger?: Ledger
  readonly confirm?: (proposal: object) => Promise<boolean>
}

/** What a verb makes a bursar from under a policy. */
async function optionsOf(verb: readonly string[], policy: object): Promise<Made> {
  const { bursar, home } = newTerminal({ env: { EVM_PRIVATE_KEY: EVM_KEY } })
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 })
  expect(await bursar(...verb)).toMatchObject({ code: 2, err: expect.stringContaining('are known') })
  return Object(made[0])
}

describe('P66: the policy', () => {
  it('has no setting that is not in these tables', () => {
    const listed = [...bursarRows, ...otherRows].map(settingOf)
    expect(listed.toSorted()).toEqual(
      settingsOfSchema()
        .filter((name) => name !== '$schema')
        .toSorted()
    )
  })

  it('is written by bursar policy set, setting by setting', async () => {
    const { bursar, home } = newTerminal()
    const rows = [...bursarRows, ...otherRows]
    expect((await bursar('policy', 'set', ...rows.map(({ text }) => text))).code).toBe(0)
    const written: unknown = JSON.parse(readFileSync(join(home, 'policy.json'), 'utf8'))
    for (const row of rows) expect(written, row.text).toMatchObject(policyOf([row]))
  })

  it.each(verbs)('reaches the bursar of %s, setting by setting', async (...verb) => {
    const options = await optionsOf(verb, policyOf(bursarRows))
    for (const row of bursarRows) expect(options, row.text).toMatchObject(policyOf([row]))
  })

  it.each(verbs)('is obeyed by the bursar of %s where a setting becomes something else', async (...verb) => {
    const others = otherRows.filter(({ path: [first] }) => first === 'confirm' || first === 'inFlight')
    const options = await optionsOf(verb, policyOf([...bursarRows, ...others]))
    // Equal calls of one agent are joined by the proxy whatever the policy says.
    expect(options.inFlight).toBe('join')
    const { confirm = expect.unreachable() } = options
    const costing = (cost: string) => confirm({ cost, amount: cost, symbol: 'USDC', host: 'a.example' })
    expect(await Promise.all(['0.1', '0.2'].map(costing)), 'nobody can be asked').toEqual([true, false])
  })

  it.each(verbs)('says where the record of %s is', async (...verb) => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-reach-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const ledger = join(folder, 'elsewhere.db')
    const options = await optionsOf(verb, { ...policyOf(bursarRows), ledger })
    await options.ledger?.outstanding()
    await options.ledger?.close()
    expect(existsSync(ledger)).toBe(true)
  })
})
