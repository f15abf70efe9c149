import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

const PASSPHRASE = 'correct horse battery staple'
const NEXT = 'tractor monocle penguin'
const WRONG = 'hunter2 hunter2'
const WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const TO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

/** Every verb of wallets, in an order in which each has something to do, and what a person types. */
const lines: readonly (readonly [argv: readonly string[], typed: readonly string[], code: number])[] = [
  [['wallet', 'import', 'main'], [EVM_KEY, PASSPHRASE, PASSPHRASE], 0],
  [['wallet', 'import', 'words', '--json'], [WORDS, PASSPHRASE, PASSPHRASE], 0],
  [['wallet', 'import', 'other'], [`${EVM_KEY}00`], 2],
  [['wallet', 'import', 'other'], [WORDS.replace('yellow', 'year')], 2],
  [['wallet', 'import', 'words', '--chain', 'solana'], [WORDS, WRONG], 2],
  [['wallet', 'create', 'main'], [], 2],
  [['wallet', 'create', 'other'], [PASSPHRASE, WRONG], 2],
  [['wallet', 'list'], [], 0],
  [['wallet', 'list', '--json'], [], 0],
  [['wallet', 'show', 'words'], [], 0],
  [['wallet', 'show', 'words', '--json'], [], 0],
  [['wallet', 'export', 'main', '--chain', 'evm'], [], 0],
  [['wallet', 'export', 'main', '--chain', 'evm', '--json'], [], 0],
  [['wallet', 'export', 'main', '--chain', 'evm', '--plain'], [WRONG], 2],
  [['wallet', 'default', 'words', '--json'], [], 0],
  [['wallet', 'watch', 'treasury', TO, '--json'], [], 0],
  [['wallet', 'rename', 'words', 'twelve', '--json'], [], 0],
  [['wallet', 'passphrase', 'main'], [PASSPHRASE, NEXT, NEXT], 0],
  [['wallet', 'passphrase', 'main', '--json'], [WRONG], 2],
  [['wallet', 'sweep', 'main', '--to', TO, '--yes'], [NEXT], 1],
  [['wallet', 'sweep', 'main', '--to', TO, '--json'], [WRONG], 2],
  [['unlock', 'main'], [WRONG], 2],
  [['lock', '--json'], [], 0],
  [['--wallet', 'main', 'balance', '--json'], [], 7],
  [['--wallet', 'main', 'pay', 'http://127.0.0.1:9/', '--max-amount', '1'], [WRONG], 2],
  [['wallet', 'remove', 'main'], [PASSPHRASE], 2],
  [['wallet', 'remove', 'main', '--yes', '--json'], [], 0]
]

describe('M51: no verb of wallets', () => {
  it('prints a key, a mnemonic or a passphrase, nor leaves one in a file that is not encrypted', async () => {
    const typed = lines.flatMap(([, answers]) => answers)
    const env = { BURSAR_RPC_BASE: 'http://127.0.0.1:9' }
    const { bursar, home, asked } = newTerminal({ env, answers: typed })
    const printed: string[] = []
    for (const [argv, answers, code] of lines) {
      const before = asked.length
      const ended = await bursar(...argv)
      expect([ended.code, asked.length - before], `${argv.join(' ')}: ${ended.err}`).toEqual([
        code,
        answers.length
      ])
      // What was typed where a name was asked for is shown, as it was on the screen.
      if (argv[1] !== 'remove') printed.push(ended.out, ended.err)
    }
    const kept = filesIn(home)
    expect(kept.map(({ mode }) => mode & 0o077)).toEqual(kept.map(() => 0))
    const all = [...printed, ...asked, ...kept.map(({ text }) => text)].join('\n')
    for (const secret of [EVM_KEY.slice(2), PASSPHRASE, NEXT, WRONG, 'legal winner', 'sausage'])
      expect(all).not.toContain(secret)
  })
})

function filesIn(folder: string): { readonly text: string; readonly mode: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ text: readFileSync(path, 'latin1'), mode: statSync(path).mode }))
}
