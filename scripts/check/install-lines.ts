import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackedPackage } from './pack.js'

/** The lines that install packed packages in a user's project. */
export interface InstallLines {
  /** `bursar`, and the packages of this repository that it needs. */
  readonly library: string
  /** Every other package. */
  readonly rest: string
}

/** Builds the lines. The packages' manifests are read from the repository. */
export function installLines(packed: readonly PackedPackage[]): InstallLines {
  const ofLibrary = dependenciesOf('bursar')
  return {
    library: installLine(packed.filter(({ name }) => ofLibrary.has(name))),
    rest: installLine(packed.filter(({ name }) => !ofLibrary.has(name)))
  }
}

/**
 * What a project's `pnpm-workspace.yaml` needs besides, since pnpm looks in the registry for what a package depends on, and
 * none of ours is there.
 */
export function pnpmOverrides(packed: readonly PackedPackage[]): string {
  const lines = packed.map(({ name, tarball }) => `  "${name}": ${JSON.stringify(`file:${tarball}`)}\n`)
  return `overrides:\n${lines.join('')}`
}

/** What a project's `package.json` needs as `resolutions` with Yarn, for the same reason. */
export function yarnResolutions(packed: readonly PackedPackage[]): string {
  return JSON.stringify(
    Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`])),
    null,
    2
  )
}

/** The packages of this repository that one of them needs to run, and itself. */
function dependenciesOf(name: string): ReadonlySet<string> {
  const manifests = readManifests()
  const found = new Set([name])
  for (const each of found) for (const needed of manifests.get(each) ?? []) found.add(needed)
  return found
}

/** The packages of this repository that each of them needs, by name. */
function readManifests(): ReadonlyMap<string, readonly string[]> {
  const all = readdirSync('packages').map((directory) => {
    const text = readFileSync(join('packages', directory, 'package.json'), 'utf8')
    const { name, dependencies = {} } = JSON.parse(text) as { name: string; dependencies?: object }
    return [name, Object.keys(dependencies)] as const
  })
  const names = new Set(all.map(([name]) => name))
  return new Map(all.map(([name, needed]) => [name, needed.filter((each) => names.has(each))]))
}

function installLine(packages: readonly PackedPackage[]): string {
  return `npm install ${packages.map(({ tarball }) => tarball).join(' ')}`
}
