/** Packs every package as it would be published, into `out/packages`, and prints the lines that install them. */
import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { installLines } from './check/install-lines.js'
import { packPackages } from './check/pack.js'

const folder = resolve('out/packages')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const packed = packPackages(folder)
const { library, rest } = installLines(packed)
console.error(`${packed.length} packages are in ${folder}. In your project, for the library alone:`)
console.log(library)
console.error('For the command, the servers, the local stack and the rest, too:')
console.log(rest)
