import { expect, it } from 'vitest'
import { findImportCircles } from './import-circles.js'

const file = (path: string, ...imports: string[]) => ({ path, text: imports.join('\n') })

it('accepts files whose imports lead one way', () => {
  expect(
    findImportCircles([
      file('packages/a/src/index.ts', "export { x } from './x.js'"),
      file('packages/a/src/x.ts', "import { y } from './deep/y.js'"),
      file('packages/a/src/deep/y.ts')
    ])
  ).toEqual([])
})

it.each([
  ["import type { y } from './y.js'", "import type { x } from './x.js'"],
  ["export { y } from './y.js'", "const x = await import('./x.js')"]
])('finds two files that import each other: %s, %s', (one, two) => {
  expect(findImportCircles([file('packages/a/src/x.ts', one), file('packages/a/src/y.ts', two)])).toEqual([
    'import circle: packages/a/src/x.ts ⇄ packages/a/src/y.ts'
  ])
})

it('finds a circle through packages', () => {
  expect(
    findImportCircles([
      file('packages/a/src/index.ts', "import { b } from '@bursar/b/deep'"),
      file('packages/b/src/deep.ts', "import { c } from 'bursar'"),
      file('packages/bursar/src/index.ts', "import { a } from '@bursar/a'")
    ])
  ).toHaveLength(1)
})

it('does not take a comment for an import', () => {
  expect(
    findImportCircles([
      file('packages/a/src/x.ts', "// import { y } from './y.js'", "/** import './y.js' */"),
      file('packages/a/src/y.ts', "import './x.js'")
    ])
  ).toEqual([])
})
