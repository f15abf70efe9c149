import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packPackages } from '../../scripts/check/pack.js'

/** The program in each runtime's package. None needs a script to install. */
const programs = {
  'node-20': 'bin/node',
  'node-22': 'bin/node',
  'node-24': 'bin/node',
  'node-26': 'bin/node',
  '@oven/bun-linux-x64': 'bin/bun',
  '@deno/linux-x64-glibc': 'deno',
  '@cloudflare/workerd-linux-64': 'bin/workerd'
} as const

/** The name of a runtime that is a program: its package's, for this kind of machine. */
export type ProgramName = keyof typeof programs

/** The tools that bundle or load the packages in their own way, and what they need. */
const tools = [
  '@rspack/core',
  '@yarnpkg/cli-dist',
  'esbuild',
  'jest',
  'next',
  'react',
  'react-dom',
  'tsx',
  'vite',
  'wrangler',
  'yarn'
]

/** What `test/package.json` says of versions, which stand there alone. */
interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
  /** Of what is installed only where it is run from the tarballs. */
  readonly runtimes: Readonly<Record<string, string>>
}

/** @throws {TypeError} when the version of one stands nowhere. */
function versionsOf(names: readonly string[]): Readonly<Record<string, string>> {
  const manifest: Manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const versions = { ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.runtimes }
  const missing = names.filter((name) => versions[name] === undefined)
  if (missing.length > 0) throw new TypeError(`test/package.json has no version of ${missing.join(', ')}`)
  return Object.fromEntries(names.map((name) => [name, versions[name] ?? '']))
}

/** Our packages by name, each with its tarball. */
export type Tarballs = Readonly<Record<string, string>>

/** Packs the packages as they would be published. */
export function packTarballs(folder: string): Tarballs {
  return Object.fromEntries(packPackages(folder).map(({ name, tarball }) => [name, `file:${tarball}`]))
}

/** Installs `bursar` and the store of keys into a folder, as a user would, and nothing else. */
export function installPackages(folder: string, tarballs: Tarballs): void {
  const { bursar = '', '@bursar/keystore': keystore = '' } = tarballs
  install(folder, { bursar, '@bursar/keystore': keystore }, tarballs)
}

/** Installs `bursar` and the tools into a folder. */
export function installTools(folder: string, tarballs: Tarballs): void {
  install(folder, { bursar: tarballs.bursar ?? '', ...versionsOf(tools) }, tarballs)
}

/** Installs the runtimes into a folder. @returns where the program of each is. */
export function installRuntimes(folder: string): (name: ProgramName) => string {
  install(folder, versionsOf(Object.keys(programs)))
  return (name) => join(folder, 'node_modules', name, programs[name])
}

function install(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>> = {}
): void {
  const manifest = { private: true, type: 'module', dependencies, overrides }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', ...quiet], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
}
