import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { poorOptions } from './option-docs.js'
import { entriesOf, packageNames } from './program.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

it('P14: every public option has a text, an example, and its default where it may be left out', () => {
  const entries = packageNames(root).flatMap((name) => entriesOf(name, root))
  expect(entries).toContain(resolve(root, 'packages/bursar/src/katana.ts'))
  expect(poorOptions(entries, root)).toEqual([])
})

it('an option that lacks something is found, with what it lacks', () => {
  const folder = mkdtempSync(resolve(tmpdir(), 'option-docs-'))
  folders.push(folder)
  const entry = resolve(folder, 'made.ts')
  writeFileSync(
    entry,
    `/** Extended. */
interface Waiting {
  /** How long to wait, in milliseconds. */
  readonly waitMs: number
}
export interface MadeOptions extends Waiting {
  readonly bare: string
  /** Where it is. @example { place: 'here' } */
  readonly place?: string
  /** How often. Default: \`2\`. @example { times: 3 } */
  readonly times?: number
}
export interface Result {
  readonly ignored: string
}
`
  )
  expect(poorOptions([entry], root)).toEqual([
    { option: 'MadeOptions.bare', lacks: 'a text' },
    { option: 'MadeOptions.place', lacks: 'its default' },
    { option: 'Waiting.waitMs', lacks: 'an example' }
  ])
})
