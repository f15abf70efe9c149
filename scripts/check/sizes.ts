/**
 * Holds what a page that can pay on Base loads at once to its bound. What reads a 402 and pays it comes with the first 402, in
 * chunks that are not counted.
 */
import { bundleForBrowser, entries } from '../bench/bundle-size.js'

const LIMIT_BYTES = 30 * 1024

const { gzippedBytes, inputs } = await bundleForBrowser(entries.ours)
console.log(`EVM-only browser bundle: ${gzippedBytes} bytes gzipped, at most ${LIMIT_BYTES}`)
const strays = inputs.filter((path) => /viem\/chains|web3\.js|spl-token|packages\/solana/.test(path))
if (strays.length > 0) console.error(`It holds what it must not: ${strays.join(', ')}`)
process.exitCode = gzippedBytes <= LIMIT_BYTES && strays.length === 0 ? 0 : 1
