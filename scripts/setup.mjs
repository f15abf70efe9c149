/**
 * Makes a fresh clone ready: checks Node, and installs exactly what the lockfile says when that has not
 * been done. Runs before every command, so it does nothing, quickly, when there is nothing to do.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.21.0'
const LEAST_NODE = [20, 19]

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = `${root}node_modules/.bursar-setup`

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
  console.error(`Bursar needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const lock = createHash('sha256')
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error(`Installing with ${PNPM}: a minute or two on a fresh machine …`)
  const args = ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=silent']
  const { status } = spawnSync('npx', args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32'
  })
  if (status !== 0) {
    console.error(`The installation failed; to see why: npx -y ${PNPM} install --frozen-lockfile`)
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}
