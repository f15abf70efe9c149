import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { BursarError } from './error/bursar-error.js'
import type { ErrorCode } from './error/error-codes.js'
import { explainError, explainedCodes } from './explain-error.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const source = readFileSync(new URL('error/error-codes.ts', import.meta.url), 'utf8')
const codes = [...source.matchAll(/^ {2}'([a-z]+\/[a-z-]+)':/gm)].map(([, code = '']) => code)

const { resolve } = createRequire(import.meta.url)

describe('the page of the errors', () => {
  it('has a section for every code, and none for what is no code', async () => {
    expect(codes.length).toBeGreaterThan(40)
    expect([...(await explainedCodes())].sort()).toEqual([...codes].sort())
    for (const code of codes) expect(await explainError(code)).toMatch(/^Money: [\s\S]+\*\*What to do\.\*\*/)
    expect(await explainError('offer/unheard-of')).toBeUndefined()
  })

  it('gives one code its own section and nothing of the next', async () => {
    const text = await explainError('offer/declined')
    expect(text).toContain('confirm')
    expect(text).not.toMatch(/payee|<a id|###/)
  })

  it('is among the files that are published, at the place that each error names', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32'
    })
    expect(listed).toContain('"docs/errors.md"')
    const page = readFileSync(`${root}docs/errors.md`, 'utf8')
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
