/** Runs the command from a clone, in the caller's folder: npm itself would run it in the clone's. */
import { fileURLToPath } from 'node:url'

const bin = new URL('../packages/cli/dist/bin.js', import.meta.url)
process.chdir(process.env.INIT_CWD ?? '.')
process.argv.splice(1, 1, fileURLToPath(bin))
await import(bin.href)
