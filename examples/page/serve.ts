/** Builds the page and serves it at http://127.0.0.1:5173, beside a local chain if the environment names none. */
import { fileURLToPath } from 'node:url'
import { openEnvironment } from '../environment.js'
import { buildPage } from './build.js'

await using environment = await openEnvironment()
const { reportUrl, wallet } = environment
const context = await buildPage({
  reportUrl,
  rpcUrls: wallet.rpcUrls,
  folder: fileURLToPath(new URL('dist', import.meta.url))
})
const { port } = await context.serve({
  host: '127.0.0.1',
  port: 5173,
  servedir: fileURLToPath(new URL('dist', import.meta.url))
})
console.log(`The page is at http://127.0.0.1:${port}. Ctrl+C ends it.`)
await new Promise((resolve) => process.once('SIGINT', resolve))
await context.dispose()
