/** A program that makes an image is killed once it has paid, and run again: the image comes, and is paid for once. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createBursar, formatUsdc } from 'bursar'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()

const first = makeImage()
first.stdout.once('data', () => first.kill('SIGKILL'))
const [, signal] = await once(first, 'exit')
console.log(`The program was killed (${signal}) while it waited for the image.`)

const [code] = await once(makeImage(), 'exit')
console.log(`It was run again, and ended with exit code ${code}.`)

await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.25', day: '1.00' } })
for await (const { name, state, offer } of bursar.history())
  console.log(`The record has ${name}, for ${formatUsdc(offer.amountAtomic)} USDC: ${state}.`)

function makeImage() {
  const program = fileURLToPath(new URL('make.ts', import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, program], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  child.stdout.pipe(process.stdout)
  return child
}
