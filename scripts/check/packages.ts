/** Lets publint and arethetypeswrong look at every package as npm would publish it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { packPackages } from './pack.js'

const folder = mkdtempSync(join(tmpdir(), 'bursar-pack-'))
let failed = false
try {
  for (const name of readdirSync('packages')) {
    const { messages, pkg } = await publint({ pkgDir: join('packages', name), strict: true, pack: false })
    for (const message of messages) console.error(`${name}: ${formatMessage(message, pkg)}`)
    failed ||= messages.length > 0
  }
  // A page for people, which errors name, is no module.
  const exclude = ['--exclude-entrypoints', 'docs/errors.md']
  const attw = join('scripts', 'node_modules', '.bin', 'attw')
  for (const { tarball } of packPackages(folder)) {
    execFileSync(attw, [tarball, '--profile', 'esm-only', '--format', 'ascii', '--quiet', ...exclude], {
      stdio: 'inherit'
    })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`package checks: ${failed ? 'problems' : 'clean'}`)
process.exitCode = failed ? 1 : 0
