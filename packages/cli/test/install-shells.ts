import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../../scripts/install-shells.mjs', import.meta.url))

/** Sees that zsh, fish and mandoc are there. */
export function installShells(): void {
  execFileSync(process.execPath, [script], { stdio: 'inherit' })
}
