import { expect, it } from 'vitest'
import { checkFile } from './arrows.js'

const problemsOf = (path: string, text: string): string[] => checkFile({ path, text })

it('accepts a file that keeps the rules', () => {
  expect(problemsOf('packages/evm/src/domain.ts', "import { BursarError } from '@bursar/core'\n")).toEqual([])
})

it.each([
  ['packages/evm/src/a.ts', "import { x } from '@bursar/fetch'", 'against the arrows'],
  ['packages/gateway/src/a.ts', "const { x } = await import('@bursar/evm')", 'against the arrows'],
  ['packages/fetch/src/a.ts', "import type { Payer } from '@bursar/evm'", 'against the arrows'],
  ['packages/evm/src/a.ts', "import { base } from 'viem/chains'", 'viem/chains'],
  ['test/a.test.ts', "import { x } from '@bursar/core/src/index.js'", 'reaches into'],
  ['packages/evm/src/a.ts', "throw new Error('x')", 'bare Error'],
  ['packages/evm/src/a.ts', 'AbortSignal.any([a, b])', 'not every runtime has'],
  ['packages/evm/src/a.ts', 'await file.sync()', "Yarn's Plug'n'Play"],
  ['packages/evm/src/a.ts', 'await this.#handle.datasync()', "Yarn's Plug'n'Play"],
  ['packages/evm/src/a.test.ts', "it.skip('x', () => {})", 'skips'],
  ['packages/evm/src/a.test.ts', "it('x', { retry: 3 }, () => {})", 'retries'],
  ['packages/evm/src/utils.ts', '', 'says nothing'],
  ['packages/evm/src/a.ts', '\n'.repeat(400), 'longer than 400']
])('rejects %s with %s', (path, text, problem) => {
  expect(problemsOf(path, text)).toEqual([expect.stringContaining(problem)])
})

it('lets tests import what their package may not', () => {
  expect(
    problemsOf('packages/evm/src/a.chain.test.ts', "import { startBase } from '@bursar/localchain'")
  ).toEqual([])
})
