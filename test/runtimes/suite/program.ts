/** The suite as a program of Node, Bun and Deno. The world is its argument; what came of it goes to standard output. */
import { runSuite } from './suite.js'

// The default ledger is kept.
const results = await runSuite(JSON.parse(process.argv[2] ?? ''), () => undefined)
process.stdout.write(`${JSON.stringify(results)}\n`)
