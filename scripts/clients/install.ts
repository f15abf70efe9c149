import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientProgram } from '../../test/clients/programs/program.js'

/**
 * Installs the clients at their exact versions, by npm and without running any script of theirs. What a folder has already is
 * not installed again.
 *
 * @returns the `node_modules` with the programs.
 */
export function installClients(folder: string, programs: readonly ClientProgram[]): string {
  const modules = join(folder, 'node_modules')
  const dependencies = Object.assign({}, ...programs.map(({ packages }) => packages))
  if (Object.keys(dependencies).every((name) => existsSync(join(modules, name)))) return modules
  console.log(
    `Installing ${programs.map(({ name, version }) => `${name} ${version}`).join(', ')} in ${folder}`
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`npm could not install the clients: it ended with ${status}`)
  return modules
}
