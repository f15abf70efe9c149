import { execFileSync } from 'node:child_process'
import { basename, join } from 'node:path'

/** A package as it would be published. */
export interface PackedPackage {
  readonly name: string
  readonly tarball: string
}

/** Packs every package into a folder. */
export function packPackages(folder: string): PackedPackage[] {
  return pack(['--recursive', '--filter', './packages/*'], folder, '.')
}

/** Packs one package, by the name of its directory. */
export function packPackage(directory: string, folder: string): PackedPackage {
  const [packed] = pack([], folder, join('packages', directory))
  if (!packed) throw new TypeError(`packages/${directory} was not packed`)
  return packed
}

function pack(which: readonly string[], folder: string, cwd: string): PackedPackage[] {
  const args = ['-y', 'pnpm@12.21.0', ...which, 'pack', '--json', '--pack-destination', folder]
  const output = execFileSync('npx', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const packed = [JSON.parse(output)].flat() as { readonly name: string; readonly filename: string }[]
  return packed.map(({ name, filename }) => ({ name, tarball: join(folder, basename(filename)) }))
}
