import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { installLines, pnpmOverrides, yarnResolutions } from './install-lines.js'
import { packPackage } from './pack.js'

const names = readdirSync('packages').map(
  (directory) => JSON.parse(readFileSync(`packages/${directory}/package.json`, 'utf8')).name as string
)

it('P7: the first line installs bursar with what it needs of ours, and the second every other package', () => {
  const { library, rest } = installLines(names.map((name) => ({ name, tarball: `<${name}>` })))
  for (const line of [library, rest]) expect(line).toMatch(/^npm install </)
  const installed = [library, rest].flatMap((line) => line.slice('npm install '.length).split(' '))
  expect(installed.toSorted()).toEqual(names.map((name) => `<${name}>`).toSorted())
  expect(library).toContain('<bursar>')
  expect(library).toContain('<@bursar/core>')
  expect(rest).toContain('<@bursar/cli>')
  expect(rest).toContain('<@bursar/gateway>')
})

it('P7: pnpm is told of every package, so that it asks no registry for one of ours', () => {
  const text = pnpmOverrides(names.map((name) => ({ name, tarball: `/out/${name}.tgz` })))
  expect(text).toMatch(/^overrides:\n/)
  for (const name of names) expect(text).toContain(`\n  "${name}": "file:/out/${name}.tgz"\n`)
})

it('P7: Yarn is told of every package in the same way', () => {
  const text = yarnResolutions(names.map((name) => ({ name, tarball: `/out/${name}.tgz` })))
  expect(JSON.parse(text)).toEqual(Object.fromEntries(names.map((name) => [name, `file:/out/${name}.tgz`])))
})

it('P7: a package is packed into the folder that the line names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { name, tarball } = packPackage('bursar', folder)
  expect(name).toBe('bursar')
  expect(existsSync(tarball)).toBe(true)
  expect(tarball.startsWith(folder)).toBe(true)
})
