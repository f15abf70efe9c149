import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { newTerminal } from '../../test/terminal.js'

const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))

/** What bash would complete the last of these words to. */
function completeInBash(home: string, ...words: readonly string[]): readonly string[] {
  const script = `
    bursar() { "$NODE" "$BIN" "$@"; }
    eval "$(bursar completion bash)"
    COMP_WORDS=(bursar "$@"); COMP_CWORD=$#
    _bursar
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const env = { PATH: process.env.PATH, NODE: process.execPath, BIN: bin, BURSAR_HOME: home }
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { env, encoding: 'utf8' })
  expect(status).toBe(0)
  return stdout.split('\n').filter((line) => line !== '')
}

describe('P65: completion', () => {
  it('knows verbs, options, choices, networks and wallets, from the definitions of the command', async () => {
    const { bursar } = newTerminal({ answers: ['correct horse', 'correct horse'] })
    await bursar('wallet', 'create', 'research', '--chain', 'evm')
    const complete = async (...words: string[]) =>
      (await bursar('completion', 'fish', '--', ...words)).out.trim().split('\n')
    expect(await complete('his')).toEqual(['history'])
    expect(await complete('wallet', 'ex')).toEqual(['export'])
    expect(await complete('history', '--sta')).toEqual(['--state'])
    expect(await complete('history', '--state', 'un')).toEqual(['undelivered'])
    expect(await complete('pay', '--network', 'base')).toEqual(['base', 'base-sepolia'])
    expect(await complete('--wallet', '')).toEqual(['research'])
    expect(await complete('wallet', 'default', 're')).toEqual(['research'])
    expect(await complete('completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(await complete('pay', 'https://a.example', '--qui')).toEqual(['--quiet'])
    expect(await complete('nothing', 'like', 'this')).toEqual([''])
  })

  it('works in bash', () => {
    const { home } = newTerminal()
    expect(completeInBash(home, 'hist')).toEqual(['history'])
    expect(completeInBash(home, 'history', '--state', 'rel')).toEqual(['released'])
    expect(completeInBash(home, 'history', '')).toEqual([])
  }, 120_000)

  it('has a script for each shell, and says which there are', async () => {
    const { bursar } = newTerminal()
    for (const [shell, words] of [
      ['zsh', 'compdef _bursar bursar'],
      ['fish', 'complete -c bursar']
    ] as const)
      expect((await bursar('completion', shell)).out).toContain(words)
    expect(await bursar('completion', 'tcsh')).toMatchObject({
      code: 2,
      err: expect.stringContaining('bash, zsh, fish')
    })
  })
})
