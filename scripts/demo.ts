/**
 * The main job on embedded defaults: pays for an image on real local chains and shows what happened. With `--wallet`, tops
 * a prepaid balance up instead and asks for a text that is paid from it.
 */
import { payForImages } from './demo/pay-for-images.js'
import { spendBalance } from './demo/spend-balance.js'
import { startStack } from './demo/stack.js'
import { readOptions } from './read-options.js'

const networks = { base: ['base'], solana: ['solana'], all: ['base', 'solana'] } as const

const usage = `npm run demo -- [--network base|solana|all] [--wallet] [--out folder]

  --network  where it is paid (default: base)
  --wallet   tops a prepaid balance up, and asks for a text that is paid from it
  --out      where pictures are saved (default: out)`
const values = readOptions(usage, {
  network: { type: 'string', default: 'base' },
  wallet: { type: 'boolean', default: false },
  out: { type: 'string', default: 'out' }
})
if (!isChoice(values.network)) {
  console.error(`--network is one of: ${Object.keys(networks).join(', ')}`)
  process.exit(2)
}
const started = performance.now()
await using stack = await startStack(networks[values.network])
await (values.wallet ? spendBalance(stack) : payForImages(stack, values.out))
console.log(
  `\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s. Chains and gateway are stopped.`
)

function isChoice(name: string): name is keyof typeof networks {
  return Object.hasOwn(networks, name)
}
