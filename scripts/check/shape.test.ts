import { expect, it } from 'vitest'
import { exceededBounds, longFiles, measureShape, summarizeShapes } from './shape.js'

const shapeOf = (text: string) => measureShape({ path: 'packages/a/src/a.ts', text })

it('measures functions with a body, and names those that take four arguments', () => {
  const { functions, manyParameters } = shapeOf(
    'declare function d(a, b, c, d): void\nfunction f(a, b, c, d) {\n  return () => 1\n}\n'
  )
  expect([...functions].sort()).toEqual([1, 3])
  expect(manyParameters).toEqual(['packages/a/src/a.ts:2'])
})

it('counts casts, but no `as const`, and suppressions', () => {
  const { casts, suppressions } = shapeOf(
    'const a = [1] as const\nconst b = a as unknown\n// @ts-expect-error\n'
  )
  expect({ casts, suppressions }).toEqual({ casts: 1, suppressions: 1 })
})

it('sums up all files', () => {
  const shapes = [shapeOf('const a = 1\n'), shapeOf('const a = 1 as number\nconst b = 2\n')]
  expect(summarizeShapes(shapes)).toMatchObject({
    medianFileLines: 2,
    longestFileLines: 2,
    castsPerThousandLines: 333.3,
    suppressions: 0
  })
})

it('names what is above its bound', () => {
  const figures = summarizeShapes([shapeOf('const a = 1 as number\n'.repeat(300))])
  expect(exceededBounds(figures)).toEqual([
    'medianFileLines is 300, at most 60',
    'p90FileLines is 300, at most 140',
    'longestFileLines is 300, at most 250',
    'castsPerThousandLines is 1000, at most 2'
  ])
})

it('names a file that is too long, a test like any other', () => {
  const [fits, tooLong] = [250, 251].map((lines) => ({
    path: `a${lines}.test.ts`,
    text: 'a()\n'.repeat(lines)
  }))
  expect(longFiles([fits, tooLong].flatMap((file) => file ?? []))).toEqual([
    'a251.test.ts has 251 lines, at most 250: split it by idea'
  ])
})
