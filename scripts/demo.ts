/** The main job on embedded defaults: pays for an image on a real local chain and shows what happened. */
import { parseArgs } from 'node:util'
import { payForImage } from './demo/pay-for-image.js'
import { startStack } from './demo/stack.js'

const networks = { base: ['base'] } as const

const { values } = parseArgs({
  options: { network: { type: 'string', default: 'base' }, out: { type: 'string', default: 'out' } }
})
if (!Object.hasOwn(networks, values.network)) {
  console.error(`--network is one of: ${Object.keys(networks).join(', ')}`)
  process.exit(2)
}
const started = performance.now()
await using stack = await startStack()
await payForImage(stack, values.out)
console.log(
  `\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s. The chain and the gateway are stopped.`
)
