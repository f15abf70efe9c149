/** Packs every package as it would be published, into `out/packages`, and prints the line that installs them. */
import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { packPackages } from './check/pack.js'

const folder = resolve('out/packages')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const packed = packPackages(folder)
console.error(`${packed.length} packages are in ${folder}. In your project:`)
console.log(`npm install ${folder}/*.tgz`)
