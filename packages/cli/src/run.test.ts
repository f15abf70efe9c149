import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from './run.js'

/** A command line in an empty home. */
function terminal(env: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-cli-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  return {
    home,
    async bursar(...argv: string[]) {
      let [out, told] = ['', '']
      const io = {
        env: { BURSAR_HOME: home, ...env },
        out: (text: string | Uint8Array) => {
          out += typeof text === 'string' ? text : new TextDecoder().decode(text)
        },
        tell: (text: string) => {
          told += text
        }
      }
      return { code: await run(argv, io, '1.2.3'), out, told }
    }
  }
}

describe('bursar', () => {
  it('tells its version, and in its help every verb and every exit code', async () => {
    const { bursar } = terminal()
    expect(await bursar('--version')).toEqual({ code: 0, out: '1.2.3\n', told: '' })
    const { code, out } = await bursar('--help')
    expect(code).toBe(0)
    for (const verb of 'wallet dev proxy mcp env pay quote balance doctor limits topup image video chat jobs models history totals outstanding recover reconcile cancel freeze thaw'.split(
      ' '
    ))
      expect(out).toContain(`  ${verb} `)
    expect(out).toMatch(/Exit codes:[\s\S]*5 {2}a payment is out/)
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
  })

  it('ends with 2 when the command line is wrong, and says why', async () => {
    const { bursar } = terminal()
    for (const argv of [['nonsense'], ['pay'], ['history', '--days', 'x'], ['limits', 'set', 'daily=1']])
      expect(await bursar(...argv)).toMatchObject({ code: 2, told: expect.stringMatching(/\w/) })
    expect((await bursar('pay', 'https://a.example', '--max-amount', '1')).told).toContain('EVM_PRIVATE_KEY')
  })

  it('keeps limits in a file for its owner’s eyes only', async () => {
    const { bursar, home } = terminal()
    expect((await bursar('limits')).out).toContain('--max-amount')
    expect((await bursar('limits', 'set', 'payment=0.25', 'day=5.00')).code).toBe(0)
    expect((await bursar('limits', 'set', 'payment=0.10', 'day=')).code).toBe(0)
    expect(JSON.parse((await bursar('limits', 'show', '--json')).out)).toEqual({ payment: '0.10' })
    expect(statSync(join(home, 'limits.json')).mode & 0o777).toBe(0o600)
    expect((await bursar('limits', 'set', 'day=a lot')).told).toContain('amount/malformed')
    expect(JSON.parse(readFileSync(join(home, 'limits.json'), 'utf8'))).toEqual({ payment: '0.10' })
  })

  it('pays nothing while its limits cannot be read', async () => {
    const { bursar, home } = terminal({ EVM_PRIVATE_KEY: `0x${'1'.repeat(64)}` })
    for (const damaged of ['{"payment":', '[]', '"1"']) {
      writeFileSync(join(home, 'limits.json'), damaged)
      expect(await bursar('pay', 'https://a.example')).toMatchObject({
        code: 2,
        told: expect.stringContaining('limits.json is damaged')
      })
    }
    rmSync(join(home, 'limits.json'))
    mkdirSync(join(home, 'limits.json'))
    expect(await bursar('limits')).toMatchObject({ told: expect.stringContaining('EISDIR') })
  })

  it('reads an empty record, and freezes and thaws it', async () => {
    const { bursar } = terminal()
    expect(await bursar('history')).toMatchObject({ code: 0, out: 'Nothing was bought.\n' })
    expect((await bursar('history', '--csv')).out).toMatch(/^id,name,/)
    expect((await bursar('totals', '--by', 'host', '--json')).out).toBe('[]\n')
    expect((await bursar('outstanding')).out).toBe('Nothing is out.\n')
    expect((await bursar('freeze', 'a test')).code).toBe(0)
    expect((await bursar('thaw')).code).toBe(0)
  })

  it('tells what to export for Claude Code and for SDKs, with the name of the key', async () => {
    const { bursar } = terminal({ OPENCLAW_API_KEY: 'sk-secret' })
    const claude = await bursar('env', 'claude')
    expect(claude).toMatchObject({
      code: 0,
      out:
        'export ANTHROPIC_BASE_URL="https://token.openclaw-token.shop"\n' +
        'export ANTHROPIC_API_KEY="$OPENCLAW_API_KEY"\n'
    })
    expect(JSON.stringify(claude)).not.toContain('sk-secret')
    expect((await bursar('env', 'openai', '--service', 'tokenhub')).out).toContain('tokenhub.store/api/v1')
    for (const argv of [
      ['env', 'other'],
      ['env', 'claude', '--service', 'tokenhub'],
      ['env', 'openai', '--service', 'x']
    ])
      expect(await bursar(...argv)).toMatchObject({ code: 2 })
  })

  it('lists models with their prices', async () => {
    const { bursar } = terminal()
    expect((await bursar('models', 'gen')).out).toMatch(/^gen +image +0\.\d+ USD$/m)
    expect(JSON.parse((await bursar('models', '--json')).out)).toHaveLength(111)
  })

  it('never shows a key, also not one that is malformed', async () => {
    const { bursar } = terminal({ EVM_PRIVATE_KEY: '0xdeadbeef' })
    const answer = await bursar('balance', '--json')
    expect(answer.code).toBe(2)
    expect(JSON.stringify(answer)).not.toContain('deadbeef')
  })
})
