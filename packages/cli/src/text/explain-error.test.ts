import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { BursarError, type ErrorCode } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { newTerminal } from '../../test/terminal.js'
import { explainError, explainedCodes } from './explain-error.js'

const { resolve } = createRequire(import.meta.url)
const errorCodes = new URL('../../../core/src/error/error-codes.ts', import.meta.url)
const codes = [...readFileSync(errorCodes, 'utf8').matchAll(/^ {2}'([a-z]+\/[a-z-]+)':/gm)].map(
  ([, code = '']) => code
)

describe('the page of the errors', () => {
  it('has a section for every code, and none for what is no code', async () => {
    expect(codes.length).toBeGreaterThan(40)
    expect([...(await explainedCodes())].sort()).toEqual([...codes].sort())
    for (const code of codes) expect(await explainError(code)).toMatch(/^Money: [\s\S]+\*\*What to do\.\*\*/)
    expect(await explainError('offer/unheard-of')).toBeUndefined()
    expect(await newTerminal().bursar('explain', 'over-limit')).toMatchObject({
      code: 2,
      err: 'There is no error code "over-limit". Did you mean offer/over-limit?\n'
    })
  })

  it('gives one code its own section and nothing of the next', async () => {
    const text = await explainError('offer/declined')
    expect(text).toContain('confirm')
    expect(text).not.toMatch(/payee|<a id|###/)
  })

  it('P10: is among the files of `bursar` that are published, at the place that each error names', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: dirname(resolve('bursar/package.json')),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32'
    })
    expect(listed).toContain('"docs/errors.md"')
    const page = readFileSync(resolve('bursar/docs/errors.md'), 'utf8')
    for (const code of codes) {
      const error = new BursarError(
        code as ErrorCode,
        { message: 'x', context: {}, moneyState: 'none' } as never
      )
      const [file = '', anchor] = error.docs.split('#')
      expect(existsSync(resolve(file))).toBe(true)
      expect(page).toContain(`<a id="${anchor}"></a>`)
    }
  })
})
