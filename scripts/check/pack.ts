import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string
  readonly tarball: string
}

/** Packs every package into a folder. */
export function packPackages(folder: string): PackedPackage[] {
  return readdirSync('packages').map((directory) => packPackage(directory, folder))
}

/** Packs one package, by the name of its directory. */
export function packPackage(directory: string, folder: string): PackedPackage {
  const args = ['-y', 'pnpm@12.21.0', 'pack', '--json', '--pack-destination', folder]
  const output = execFileSync('npx', args, {
    cwd: join('packages', directory),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  })
  const { name, filename } = JSON.parse(output) as { name: string; filename: string }
  return { name, tarball: filename }
}
