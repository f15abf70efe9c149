import { readFileSync } from 'node:fs'
import { parameterTables } from '@bursar/translation'
import { describe, expect, it } from 'vitest'
import { referenceOf } from './reference.js'
import { renderTables } from './render.js'

describe('the page of the parameters', () => {
  it('is what `npm run parameters` writes', () => {
    const page = readFileSync(new URL('../../docs/guides/parameters.md', import.meta.url), 'utf8')
    expect(page).toBe(renderTables(parameterTables))
  })

  it.each(Object.keys(parameterTables))('has a row for each that the official SDK declares: %s', (path) => {
    const listed = referenceOf(path)
    expect(listed).toContain('model')
    expect(Object.keys(parameterTables[path] ?? {})).toEqual(expect.arrayContaining([...listed]))
  })
})
