import { createBursar, formatUsdc, type Limits, parseUsdc } from 'bursar'

/** Where Katana is. A local gateway has another address. */
export const baseUrl = process.env.KATANA_URL ?? 'https://kat.imgnai.com'

/**
 * A bursar with the accounts of the environment. Endpoints other than the public ones are in `BURSAR_RPC_BASE` and
 * `BURSAR_RPC_SOLANA`; the record is in `BURSAR_HOME`, shared with the `bursar` command.
 *
 * @throws {TypeError} when there is no account.
 */
export function openBursar(limits: Limits) {
  const {
    EVM_PRIVATE_KEY: evm,
    SVM_PRIVATE_KEY: solana,
    BURSAR_RPC_BASE: base,
    BURSAR_RPC_SOLANA: svm
  } = process.env
  return createBursar({
    ...(evm ? { evm: evm as `0x${string}` } : {}),
    ...(solana ? { solana } : {}),
    limits,
    rpcUrls: {
      ...(base ? { 'eip155:8453': base } : {}),
      ...(svm ? { 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': svm } : {})
    }
  })
}

/** A number of USDC on the command line. @throws {TypeError} */
export function amountArgument(at: number, meaning: string): string {
  const amount = process.argv[at + 1]
  if (amount === undefined || !/^\d+(?:\.\d{1,6})?$/.test(amount))
    throw new TypeError(`Say ${meaning}, such as 1.00`)
  return amount
}

/**
 * The most that a service may add for gas. `1_000_000n = 1 USDC`. On Solana the first payment to a payee pays the rent of its
 * token account as well.
 */
const GAS = { eip155: 50_000n, solana: 500_000n }

/** An amount, and what the service adds for gas on a family of chains. */
export function withGas(amount: string, family: keyof typeof GAS): string {
  return formatUsdc(parseUsdc(amount) + GAS[family])
}
