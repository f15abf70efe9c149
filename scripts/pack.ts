/** Packs every package as it would be published, into `out/packages`, and prints the lines that install them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { installLines, pnpmOverrides, yarnResolutions } from './check/install-lines.js'
import { packPackages } from './check/pack.js'

const folder = resolve('out/packages')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const packed = packPackages(folder)
const { library, rest } = installLines(packed)
const overrides = join(folder, 'pnpm-overrides.yaml')
writeFileSync(overrides, pnpmOverrides(packed))
const resolutions = join(folder, 'yarn-resolutions.json')
writeFileSync(resolutions, yarnResolutions(packed))
console.error(`${packed.length} packages are in ${folder}. In your project, for the library alone:`)
console.log(library)
console.error('For the command, the servers, the local stack and the rest, too:')
console.log(rest)
console.error(`With pnpm: put ${overrides} into your pnpm-workspace.yaml, and add packages by their names.`)
console.error(
  `With Yarn: npm pkg set --json resolutions="$(cat ${resolutions})", and add packages by their tarballs.`
)
