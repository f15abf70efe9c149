/** Sees that Chromium is there for the tests that need a browser: from Debian's packages, where it is not. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const CHROMIUM = '/usr/bin/chromium'

if (!existsSync(CHROMIUM)) {
  console.log('Installing Chromium …')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', ['-qq', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    })
    if (status !== 0) {
      console.error(`apt-get ${args[0]} failed; the browser tests need Chromium at ${CHROMIUM}`)
      process.exit(1)
    }
  }
}
