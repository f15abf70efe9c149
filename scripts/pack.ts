/** Packs every package as it would be published, into `out/packages`, and prints the lines that install them. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type PackedPackage, packPackages } from './check/pack.js'

const folder = resolve('out/packages')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const packed = packPackages(folder)
const ofLibrary = dependenciesOf('bursar')
console.error(`${packed.length} packages are in ${folder}. In your project, for the library alone:`)
console.log(installLine(packed.filter(({ name }) => ofLibrary.has(name))))
console.error('For the command, the servers, the local stack and the rest, too:')
console.log(installLine(packed.filter(({ name }) => !ofLibrary.has(name))))

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
