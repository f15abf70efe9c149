import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

/** A repository of one package, with the build of this one. @param more files of the package, instead of its own. */
function newRepository(more: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'bursar-build-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const folder of ['scripts', 'node_modules', 'packages/one/src'])
    mkdirSync(join(root, folder), { recursive: true })
  copyFileSync('scripts/build.mjs', join(root, 'scripts/build.mjs'))
  cpSync('scripts/build', join(root, 'scripts/build'), { recursive: true })
  symlinkSync(resolve('node_modules/typescript'), join(root, 'node_modules/typescript'))
  symlinkSync(resolve('scripts/node_modules/esbuild'), join(root, 'node_modules/esbuild'))
  const compilerOptions = {
    composite: true,
    rootDir: 'src',
    outDir: 'dist',
    target: 'es2022',
    module: 'esnext',
    types: []
  }
  const files = {
    'pnpm-lock.yaml': '',
    'tsconfig.base.json': '{}',
    'tsconfig.json': { files: [], references: [{ path: 'packages/one' }] },
    'packages/one/tsconfig.json': { compilerOptions, include: ['src'] },
    'packages/one/package.json': {
      name: 'one',
      type: 'module',
      exports: { '.': { default: './dist/index.js' } }
    },
    'packages/one/src/index.ts': 'export const one = 1\n',
    ...more
  }
  for (const [path, content] of Object.entries(files))
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  return root
}

it('P11: the build says what it does, how far it is and what comes next; it says nothing when nothing is to be done', () => {
  const root = newRepository()
  const build = () => spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { encoding: 'utf8' })
  const { status, stdout, stderr } = build()
  expect(status, stderr).toBe(0)
  expect(stdout).toBe('')
  expect(stderr).toMatch(
    /^Building 1 packages: types first …\n… then one file for each entry …\nBuilt in \d+ s\. Next: npm run demo\n$/
  )
  for (const file of ['index.js', 'index.d.ts'])
    expect(existsSync(join(root, 'packages/one/dist', file))).toBe(true)
  expect(build()).toMatchObject({ status: 0, stdout: '', stderr: '' })
})

it('what the main entry shares with others is one file, and what is imported late stays apart', () => {
  const exports = { '.': './dist/index.js', './left': './dist/left.js', './right': './dist/right.js' }
  const root = newRepository({
    'packages/one/package.json': JSON.stringify({ name: 'one', type: 'module', exports }),
    'packages/one/src/index.ts': `import { left } from './with-left.js'
      import { right } from './with-right.js'
      console.log([left, right, await (await import('./late.js')).late()].join())`,
    'packages/one/src/left.ts': `export { left } from './with-left.js'`,
    'packages/one/src/right.ts': `export { right } from './with-right.js'`,
    'packages/one/src/with-left.ts': `export const left = 'left'`,
    'packages/one/src/with-right.ts': `export const right = 'right'
      export const later = () => import('./late.js')`,
    'packages/one/src/late.ts': `import { left } from './with-left.js'
      export const late = async () => 'late, with ' + left`
  })
  const run = (file: string) => spawnSync(process.execPath, [join(root, file)], { encoding: 'utf8' })
  expect(run('scripts/build.mjs')).toMatchObject({ status: 0 })
  expect(run('packages/one/dist/index.js')).toMatchObject({
    status: 0,
    stdout: 'left,right,late, with left\n'
  })
  const chunks = readdirSync(join(root, 'packages/one/dist/chunks')).filter((name) => name.endsWith('.js'))
  expect(chunks).toEqual([expect.stringMatching(/^late-/), 'shared.js'])
})

it('small chunks of other entries are one file where they read the same from elsewhere, and apart where one reads a part of Node', () => {
  const exports = { './left': './dist/left.js', './right': './dist/right.js', './both': './dist/both.js' }
  const root = newRepository({
    'packages/one/package.json': JSON.stringify({ name: 'one', type: 'module', exports }),
    'packages/one/src/both.ts': `import { left } from './with-left.js'
      import { pair } from './with-right.js'
      import { separator } from './with-node.js'
      console.log([left, ...pair()].join(separator))`,
    'packages/one/src/left.ts': `import { left } from './with-left.js'
      import { separator } from './with-node.js'
      export const twice = left + separator + left`,
    'packages/one/src/right.ts': `export { pair } from './with-right.js'`,
    'packages/one/src/with-left.ts': `export const left = 'left'`,
    'packages/one/src/with-right.ts': `import { left } from './with-left.js'
      export const pair = () => [left, 'right']`,
    'packages/one/src/with-node.ts': `// @ts-expect-error there are no types of Node here
      import { posix } from 'node:path'
      export const separator: string = posix.sep`
  })
  const run = (file: string) => spawnSync(process.execPath, [join(root, file)], { encoding: 'utf8' })
  expect(run('scripts/build.mjs')).toMatchObject({ status: 0 })
  expect(run('packages/one/dist/both.js')).toMatchObject({ status: 0, stdout: 'left/left/right\n' })
  const dist = join(root, 'packages/one/dist')
  expect(readdirSync(join(dist, 'chunks')).filter((name) => name.endsWith('.js'))).toEqual([
    expect.stringMatching(/^chunk-/),
    'shared-1.js'
  ])
  const right = ['right.js', 'chunks/shared-1.js'].map((file) => readFileSync(join(dist, file), 'utf8'))
  expect(right.join()).not.toContain('node:path')
})
