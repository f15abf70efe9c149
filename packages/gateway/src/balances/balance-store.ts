import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

/** One movement on a wallet's balance. */
const entry = z.object({
  id: z.string(),
  wallet: z.string(),
  kind: z.enum(['top_up', 'debit', 'refund']),
  /** Atomic USDC, as digits; negative for what leaves. */
  amount: z.string(),
  balance: z.string(),
  /** Of the top-up. */
  transaction: z.optional(z.string()),
  atMs: z.number()
})

const balanceState = z.object({
  /** Atomic USDC by wallet, and ten-thousandths of a credit by API key, as digits. */
  wallets: z.record(z.string(), z.string()),
  accounts: z.record(z.string(), z.string()),
  entries: z.array(entry)
})

/** One movement on a wallet's balance. */
export type WalletMovement = z.infer<typeof entry>

const MAX_ENTRIES = 100_000

/**
 * What the gateway owes to wallets and accounts. Every change is one step that nothing comes between, and is in the file,
 * if there is one, before anybody is told.
 */
export class BalanceStore {
  readonly #path: string | undefined
  readonly #wallets = new Map<string, bigint>()
  readonly #accounts = new Map<string, bigint>()
  #entries: WalletMovement[] = []

  /** @param path of a file that keeps the state across restarts. */
  constructor(path: string | undefined) {
    this.#path = path
    const kept = path === undefined ? undefined : readState(path)
    if (!kept) return
    for (const [name, amount] of Object.entries(kept.wallets)) this.#wallets.set(name, BigInt(amount))
    for (const [name, amount] of Object.entries(kept.accounts)) this.#accounts.set(name, BigInt(amount))
    this.#entries = [...kept.entries]
  }

  walletBalance(wallet: string): bigint {
    return this.#wallets.get(wallet) ?? 0n
  }

  /** Moves a wallet's balance, unless that would leave less than nothing. */
  moveWallet(
    wallet: string,
    amount: bigint,
    details: Pick<WalletMovement, 'id' | 'kind' | 'transaction' | 'atMs'>
  ): boolean {
    const balance = this.walletBalance(wallet) + amount
    if (balance < 0n) return false
    this.#wallets.set(wallet, balance)
    this.#entries.push({ ...details, wallet, amount: String(amount), balance: String(balance) })
    if (this.#entries.length > MAX_ENTRIES) this.#entries = this.#entries.slice(MAX_ENTRIES / 2)
    this.#keep()
    return true
  }

  /** Newest first. */
  entriesOf(wallet: string): readonly WalletMovement[] {
    return this.#entries.filter((each) => each.wallet === wallet).reverse()
  }

  /** Ten-thousandths of a credit. `opening` is what an account begins with. */
  credits(account: string, opening = 0n): bigint {
    return this.#accounts.get(account) ?? opening
  }

  /** Moves an account's credits, unless that would leave less than nothing. */
  moveCredits(account: string, amount: bigint, opening = 0n): boolean {
    const credits = this.credits(account, opening) + amount
    if (credits < 0n) return false
    this.#accounts.set(account, credits)
    this.#keep()
    return true
  }

  #keep(): void {
    if (this.#path === undefined) return
    const digits = (amounts: ReadonlyMap<string, bigint>): Record<string, string> =>
      Object.fromEntries([...amounts].map(([name, amount]) => [name, String(amount)]))
    const state = { wallets: digits(this.#wallets), accounts: digits(this.#accounts), entries: this.#entries }
    writeFileSync(`${this.#path}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${this.#path}.new`, this.#path)
  }
}

function readState(path: string): z.infer<typeof balanceState> | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  return balanceState.parse(JSON.parse(text))
}
