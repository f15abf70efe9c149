import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { formatUsdc, parseUsdc } from 'bursar'

const bursar = fileURLToPath(new URL('../bursar.mjs', import.meta.url))

/**
 * The most that a service adds for gas: on Solana the first payment to a payee pays the rent of its token account as well.
 * `1_000_000n = 1 USDC`.
 */
const GAS = { base: 50_000n, solana: 500_000n }

/**
 * Runs the command of this clone, with its words, wallets, record and exit codes.
 *
 * @param words of the verb, and its options.
 */
export function run(...words: readonly string[]): void {
  process.exitCode = spawnSync(process.execPath, [bursar, ...words], { stdio: 'inherit' }).status ?? 1
}

/** How an amount is paid: on which network, and for how much at most. What is no amount is left to the command to reject. */
export function payingOptions(amount: string, network: keyof typeof GAS): readonly string[] {
  const isAmount = /^\d{1,9}(?:\.\d{1,6})?$/.test(amount)
  const most = isAmount ? ['--max-amount', formatUsdc(parseUsdc(amount) + GAS[network])] : []
  return ['--network', network, ...most]
}
