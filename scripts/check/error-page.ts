import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackedPackage } from './pack.js'

/** Installs `bursar` alone with pnpm, whose packages reach only what they name themselves. */
export function installWithPnpm(folder: string, packed: readonly PackedPackage[]): void {
  const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const { bursar } = tarballs
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { bursar } }))
  // JSON is YAML.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: tarballs }))
  const args = ['-y', 'pnpm@12.21.0', 'install', '--ignore-scripts', '--reporter=silent']
  execFileSync('npx', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
}

const program = `
  import { readFileSync } from 'node:fs'
  import { createRequire } from 'node:module'
  import { join } from 'node:path'
  import { bursarErrorOf, parseUsdc } from 'bursar'

  try {
    parseUsdc('much')
  } catch (error) {
    const [file, anchor] = bursarErrorOf(error).docs.split('#')
    const page = readFileSync(createRequire(join(process.cwd(), 'user.js')).resolve(file), 'utf8')
    if (!page.includes('<a id="' + anchor + '">')) throw new TypeError(file + ' has no place ' + anchor)
    console.log('an error names a page that is there: ' + file)
  }
`

/**
 * Opens the page that an error names, from the folder of a user who installed `bursar`.
 *
 * @throws when it is not there, or does not explain the error.
 */
export function openErrorPage(folder: string): void {
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, stdio: 'inherit' })
}
