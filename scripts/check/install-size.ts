/**
 * Installs `bursar` alone, as npm would deliver it, into an empty folder, and holds what comes with it to its bounds: so many
 * packages at most, and none that runs a script when it is installed. The page that an error names must be there, also when
 * pnpm installs it.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installWithPnpm, openErrorPage } from './error-page.js'
import { type PackedPackage, packPackages } from './pack.js'

const MAX_PACKAGES = 45

interface LockedPackage {
  readonly hasInstallScript?: boolean
}

const home = mkdtempSync(join(tmpdir(), 'bursar-size-'))
// Side by side: what one of them lacks must not be found in a folder above it.
const [folder, ofPnpm] = [join(home, 'npm'), join(home, 'pnpm')]
try {
  for (const each of [folder, ofPnpm]) mkdirSync(each)
  const packed = packPackages(home)
  install(packed)
  const installed = installedPackages()
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)
  const isSmall = installed.length <= MAX_PACKAGES && scripted.length === 0
  console.log(`npm install bursar: ${installed.length} packages, at most ${MAX_PACKAGES}`)
  for (const path of scripted) console.error(`${path} runs a script when it is installed`)
  if (!isSmall) npm(['ls', '--all'])
  process.exitCode = isSmall ? 0 : 1
  openErrorPage(folder)
  installWithPnpm(ofPnpm, packed)
  openErrorPage(ofPnpm)
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** The packages of this repository that it depends on are taken from the tarballs too. */
function install(packed: readonly PackedPackage[]): void {
  const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const { bursar, ...overrides } = tarballs
  const manifest = { private: true, dependencies: { bursar }, overrides }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Those that are there: the lock also lists what other kinds of machines would get. */
function installedPackages(): readonly (readonly [path: string, locked: LockedPackage])[] {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>
  }
  return Object.entries(lock.packages).filter(([path]) => path !== '' && existsSync(join(folder, path)))
}

function npm(args: readonly string[]): void {
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
}
