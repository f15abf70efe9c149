import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const names = readdirSync('packages')

it.each(names)('P10: %s tells who takes it what it is, and ships what a user needs', (name) => {
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
  expect(manifest).toMatchObject({
    description: expect.stringMatching(/^[A-Z].{20,140}\.$/),
    keywords: expect.arrayContaining(['x402']),
    license: 'Apache-2.0',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    files: expect.arrayContaining(['dist', '!dist/.tsbuildinfo']),
    publishConfig: { access: 'public' }
  })
  // A statement of provenance needs a repository that others can see.
  expect(manifest.publishConfig).not.toHaveProperty('provenance')
  expect(existsSync(`packages/${name}/README.md`)).toBe(true)
})

it.each(names)('%s runs no script when it is installed', (name) => {
  const { scripts = {} } = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
  expect(Object.keys(scripts)).toEqual([])
})
