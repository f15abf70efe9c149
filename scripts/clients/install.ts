import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientProgram } from '../../test/clients/programs/program.js'

/** A client at one version, installed. */
export interface InstalledClient {
  readonly name: string
  readonly version: string
  /** The `node_modules` with the program. */
  readonly modules: string
}

/**
 * Installs a client by npm, without running any script of its own, in a folder of its version. What is there already is not
 * installed again.
 *
 * @param version exact.
 */
export function installClient(
  folder: string,
  { name, package: installed }: ClientProgram,
  version: string
): InstalledClient {
  const own = join(folder, `${name}-${version}`)
  const client = { name, version, modules: join(own, 'node_modules') }
  if (existsSync(join(client.modules, installed))) return client
  console.log(`Installing ${name} ${version} in ${own}`)
  mkdirSync(own, { recursive: true })
  const dependencies = { [installed]: version }
  writeFileSync(join(own, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', args, { cwd: own, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`npm could not install ${name} ${version}: it ended with ${status}`)
  return client
}

/** The newest version of a client, as npm has it. */
export function newestVersion({ name, package: installed }: ClientProgram): string {
  const { status, stdout } = spawnSync('npm', ['view', installed, 'version'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`npm could not tell the newest version of ${name}`)
  return stdout.trim()
}
