import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Installs Debian's packages where a program is missing, and ends the process where that cannot be done.
 *
 * @param {string} program its path.
 * @param {readonly string[]} packages
 * @param {string} what for people.
 */
export function installFromDebian(program, packages, what) {
  if (existsSync(program)) return
  console.log(`Installing ${what} …`)
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status } = spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    })
    if (status === 0) continue
    console.error(`apt-get ${args[0]} failed; ${what} is needed at ${program}`)
    process.exit(1)
  }
}
