import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { installShells } from '../../test/install-shells.js'
import { newTerminal } from '../../test/terminal.js'
import { createProgram } from '../program.js'
import { manualPage } from './manual-page.js'
import { verbExits } from './verb-exits.js'

const page = fileURLToPath(new URL('../../docs/bursar.1', import.meta.url))
const io = { env: {}, out: () => {}, err: () => {}, write: async () => {} }
const progress = {
  hasReserved: false,
  moneyAtStake: 'none',
  handlesInterrupts: false,
  exitCode: 0,
  jsonForm: 'document'
} as const

beforeAll(installShells, 600_000)

describe('P65: the manual page', () => {
  it('is made of what the program declares, and is where npm looks for it', async () => {
    await expect(manualPage(createProgram(io, '1.2.3', progress))).toMatchFileSnapshot('../../docs/bursar.1')
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(manifest.man).toBe('./docs/bursar.1')
  })

  it('is printed by bursar help --man, as man -l - and mandoc read it', async () => {
    const { code, out } = await newTerminal().bursar('help', '--man')
    expect([code, out]).toEqual([0, readFileSync(page, 'utf8')])
    const read = spawnSync('mandoc', { input: out, encoding: 'utf8' })
    expect(withoutOverstrikes(read.stdout)).toContain('bursar wallet create')
  })

  it('is read without an error, and has every verb', () => {
    const lint = spawnSync('mandoc', ['-T', 'lint', '-W', 'error', page], { encoding: 'utf8' })
    expect([lint.status, lint.stdout]).toEqual([0, ''])
    const { stdout } = spawnSync('mandoc', ['-T', 'utf8', '-O', 'width=80', page], { encoding: 'utf8' })
    for (const verb of Object.keys(verbExits)) expect(withoutOverstrikes(stdout)).toContain(`bursar ${verb}`)
  })
})

/** What is bold is written twice, with a step back between. */
function withoutOverstrikes(text: string): string {
  const parts = text.split('\b')
  return parts.map((part, at) => (at < parts.length - 1 ? part.slice(0, -1) : part)).join('')
}
