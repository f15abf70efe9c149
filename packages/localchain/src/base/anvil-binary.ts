import { createRequire } from 'node:module'
import { chainUnavailable } from '../chain-unavailable.js'

const platforms: Readonly<Record<string, string>> = {
  'linux-x64': 'anvil-linux-amd64',
  'linux-arm64': 'anvil-linux-arm64',
  'darwin-x64': 'anvil-darwin-amd64',
  'darwin-arm64': 'anvil-darwin-arm64',
  'win32-x64': 'anvil-win32-amd64'
}

/**
 * The path of the anvil that npm installed for this platform.
 *
 * @throws {BursarError} `chain/unavailable` when there is none.
 */
export function anvilBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = platforms[`${platform}-${arch}`]
  if (!name) throw chainUnavailable('base', `there is no anvil for ${platform} on ${arch}`)
  const fromHere = createRequire(import.meta.url)
  const fromAnvil = createRequire(fromHere.resolve('@foundry-rs/anvil/package.json'))
  try {
    return fromAnvil.resolve(`@foundry-rs/${name}/bin/anvil${platform === 'win32' ? '.exe' : ''}`)
  } catch {
    throw chainUnavailable('base', `@foundry-rs/${name} is not installed; install without --no-optional`)
  }
}
