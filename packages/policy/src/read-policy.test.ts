import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bursarErrorOf } from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readPolicy } from './read-policy.js'

/** An empty home, and how the policy in it reads. */
function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-policy-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const write = (name: string, text: string): void => writeFileSync(join(home, name), text, { mode: 0o600 })
  const read = (named?: string) => readPolicy({ env: { BURSAR_HOME: home, BURSAR_POLICY: named } })
  return { home, write, read }
}

async function reason(policy: Promise<unknown>): Promise<string> {
  const error = await policy.then(() => undefined).catch((thrown: unknown) => thrown)
  return bursarErrorOf(error, 'policy/unreadable')?.context.reason ?? `not rejected: ${String(error)}`
}

describe('a policy', () => {
  it('is read from JSON and from YAML', async () => {
    const { write, read, home } = newHome()
    expect(await read()).toEqual({})
    write('policy.json', '{"limits":{"payment":"0.25"}}')
    expect(await read()).toEqual({ limits: { payment: '0.25' } })
    write('other.yaml', '# for a client\nlimits: { payment: "0.10" }\nallow:\n  payees: pin\n')
    expect(await read(join(home, 'other.yaml'))).toEqual({
      limits: { payment: '0.10' },
      allow: { payees: 'pin' }
    })
  })

  it.each([
    '/data/ledger.db',
    'C:\\\\data\\\\ledger.db',
    '\\\\\\\\server\\\\share\\\\ledger.db',
    'postgres://h/d'
  ])('may name the whole path of a ledger as any system writes it: %s', async (ledger) => {
    const { write, read } = newHome()
    write('policy.json', `{"ledger":"${ledger}"}`)
    expect(await read()).toEqual({ ledger: JSON.parse(`"${ledger}"`) })
  })

  it('that is no JSON is refused without a quotation, in which the password of a ledger may be', async () => {
    const { write, read } = newHome()
    for (const text of [
      '{"ledger": postgres://u:s3cret@h/d}',
      `{"limits":{},"ledger":${' '.repeat(40)}s3cret}`
    ]) {
      write('policy.json', text)
      expect(await reason(read())).toMatch(/^Unexpected token '[ps]' is not valid JSON$/)
    }
  })

  it.each([
    ['', /it is empty/],
    ['# nothing\n', /it is empty/],
    ['limits: { day: 5.00 }', /limits\.day must be decimal text in quotes/],
    ['limits: { day: "5", day: "50" }', /unique/],
    ['limits: { day: "5" }\n---\nlimits: { day: "50" }', /two documents/],
    ['a: &a { day: "5" }\nlimits: *a', /alias/i],
    ['limits: !secret { day: "5" }', /tag/i],
    ['limits:\n  hosts:\n    A.example: { day: "1" }\n    a.example.: { day: "2" }', /two spellings/],
    ['limits: { hosts: { "*.a.example": { day: "1" } } }', /not the name of one host/],
    ['limit: { day: "5" }', /did you mean limits\?/],
    ['allow: { host: [a.example] }', /allow\.host is not a setting; did you mean allow\.hosts\?/],
    ['limits: { perLabel: { __proto__: { day: "1" } } }', /__proto__/]
  ])('M49: %j in YAML is no policy', async (text, why) => {
    const { write, read } = newHome()
    write('policy.yaml', text)
    expect(await reason(read())).toMatch(why)
  })

  it('M48, M49: that was named and is not there, is a link to nothing, a FIFO or a folder, is an error', async () => {
    const { home, read } = newHome()
    expect(await reason(read(join(home, 'gone.json')))).toBe('there is no such file')
    expect(await reason(read(join(home, 'policy.toml')))).toMatch(/ends neither in \.json nor in \.yaml/)
    symlinkSync(join(home, 'elsewhere.json'), join(home, 'policy.json'))
    expect(await reason(read())).toMatch(/link to a file that does not exist/)
    rmSync(join(home, 'policy.json'))
    execFileSync('mkfifo', [join(home, 'policy.json')])
    expect(await reason(read())).toMatch(/not a regular file/)
    rmSync(join(home, 'policy.json'))
    mkdirSync(join(home, 'policy.json'))
    expect(await reason(read())).toMatch(/not a regular file|directory/)
  })

  it('M49: whose folder is a link to nothing, is in one, or is a file, is an error; that has no folder yet is none', async () => {
    const { home } = newHome()
    const link = join(home, 'link')
    symlinkSync(join(home, 'not-mounted'), link)
    for (const folder of [link, join(link, 'a', 'b')])
      expect(await reason(readPolicy({ env: { BURSAR_HOME: folder } }))).toBe(`${link} is a link to nothing`)
    expect(await readPolicy({ env: { BURSAR_HOME: join(home, 'new', 'home') } })).toEqual({})
    const file = join(home, 'file')
    writeFileSync(file, '')
    expect(await reason(readPolicy({ env: { BURSAR_HOME: file } }))).toBe(`${file} is no folder`)
    mkdirSync(join(home, 'not-mounted'))
    expect(await readPolicy({ env: { BURSAR_HOME: link } })).toEqual({})
  })

  it('that stands there in both spellings, or that others may change, is an error', async () => {
    const { home, write, read } = newHome()
    write('policy.json', '{}')
    for (const mode of [0o620, 0o602]) {
      chmodSync(join(home, 'policy.json'), mode)
      expect(await reason(read())).toMatch(/others than its owner may change it/)
    }
    chmodSync(join(home, 'policy.json'), 0o644)
    expect(await read()).toEqual({})
    write('policy.yml', '{}')
    expect(await reason(read())).toMatch(/there is policy\.yml beside it/)
  })
})
