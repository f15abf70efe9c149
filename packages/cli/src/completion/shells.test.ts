import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { installShells } from '../../test/install-shells.js'
import { newTerminal } from '../../test/terminal.js'

const bin = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))

beforeAll(installShells, 600_000)

/** Runs a script of a shell in which `bursar` is the command. @returns its lines. */
function linesOf(shell: string, args: readonly string[]): readonly string[] {
  const { home } = newTerminal()
  const env = { PATH: process.env.PATH, HOME: home, NODE: process.execPath, BIN: bin, BURSAR_HOME: home }
  const { stdout, stderr, status } = spawnSync(shell, args, { env, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  return stdout.split('\n').filter((line) => line !== '')
}

/** What fish itself would complete a line to. */
function completeInFish(line: string): readonly string[] {
  const script = `
    function bursar; "$NODE" "$BIN" $argv; end
    bursar completion fish | source
    complete -C "$argv"`
  return linesOf('fish', ['--no-config', '-c', script, line]).map((each) => each.split('\t')[0] ?? '')
}

/** What the function of zsh offers for words; zsh's own part, which needs a person at a terminal, is stood in for. */
function completeInZsh(...words: readonly string[]): readonly string[] {
  const script = `
    bursar() { "$NODE" "$BIN" "$@"; }
    compdef() { print -r -- "$@" }
    compadd() { print -rl -- "\${(P@)2}" }
    _files() { print files }
    eval "$(bursar completion zsh)"
    words=(bursar "$@"); CURRENT=$#words
    _bursar`
  return linesOf('zsh', ['-f', '-c', script, 'zsh', ...words])
}

describe('P65: completion in the shells themselves', () => {
  it('works in fish', () => {
    expect(completeInFish('bursar hist')).toEqual(['history'])
    expect(completeInFish('bursar history --state rel')).toEqual(['released'])
    expect(completeInFish('bursar pay --network base')).toEqual(['base', 'base-sepolia'])
  }, 120_000)

  it('works in zsh, and gives way to files where there is nothing to say', () => {
    expect(completeInZsh('hist')).toEqual(['_bursar bursar', 'history'])
    expect(completeInZsh('pay', '--network', 'base')).toEqual(['_bursar bursar', 'base', 'base-sepolia'])
    expect(completeInZsh('pay', 'https://a.example', '')).toEqual(['_bursar bursar', 'files'])
  }, 120_000)
})
