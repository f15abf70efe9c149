import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

const movement = z.object({
  id: z.string(),
  wallet: z.string(),
  kind: z.enum(['top_up', 'debit', 'refund']),
  /** Atomic USDC, as digits. Negative for what leaves the balance. */
  amount: z.string(),
  /** The balance after the movement. */
  balance: z.string(),
  /** Of the payment, for a top-up. */
  transaction: z.optional(z.string()),
  atMs: z.number()
})

const balanceState = z.object({
  /** Atomic USDC by wallet, as digits. */
  wallets: z.record(z.string(), z.string()),
  /** Units by account, as digits. */
  accounts: z.record(z.string(), z.string()),
  movements: z.array(movement)
})

/** One movement on a wallet's balance. */
export type WalletMovement = z.infer<typeof movement>

const MAX_MOVEMENTS = 100_000

/**
 * The balances that a service keeps for wallets and accounts. Each change is synchronous, so nothing can happen in
 * between, and is in the file (when there is one) before the method returns.
 */
export class BalanceStore {
  readonly #path: string | undefined
  readonly #wallets: Map<string, bigint>
  readonly #accounts: Map<string, bigint>
  #movements: WalletMovement[]

  /** @param path of a file that keeps the balances across restarts. */
  constructor(path: string | undefined) {
    const saved = path === undefined ? undefined : readState(path)
    this.#path = path
    this.#wallets = fromDigits(saved?.wallets ?? {})
    this.#accounts = fromDigits(saved?.accounts ?? {})
    this.#movements = [...(saved?.movements ?? [])]
  }

  walletBalance(wallet: string): bigint {
    return this.#wallets.get(wallet) ?? 0n
  }

  /** Changes a wallet's balance. Returns false, and changes nothing, when it would become negative. */
  moveWallet(
    wallet: string,
    amount: bigint,
    details: Pick<WalletMovement, 'id' | 'kind' | 'transaction' | 'atMs'>
  ): boolean {
    const balance = this.walletBalance(wallet) + amount
    if (balance < 0n) return false
    this.#wallets.set(wallet, balance)
    this.#movements.push({ ...details, wallet, amount: String(amount), balance: String(balance) })
    if (this.#movements.length > MAX_MOVEMENTS) this.#movements = this.#movements.slice(MAX_MOVEMENTS / 2)
    this.#save()
    return true
  }

  /** The movements of a wallet, newest first. */
  movementsOf(wallet: string): readonly WalletMovement[] {
    return this.#movements.filter((each) => each.wallet === wallet).reverse()
  }

  /** The units of an account. `opening` is what it starts with. */
  accountBalance(account: string, opening: bigint): bigint {
    return this.#accounts.get(account) ?? opening
  }

  /** Changes an account's units. Returns false, and changes nothing, when they would become negative. */
  moveAccount(account: string, amount: bigint, opening: bigint): boolean {
    const balance = this.accountBalance(account, opening) + amount
    if (balance < 0n) return false
    this.#accounts.set(account, balance)
    this.#save()
    return true
  }

  #save(): void {
    if (this.#path === undefined) return
    const state = {
      wallets: toDigits(this.#wallets),
      accounts: toDigits(this.#accounts),
      movements: this.#movements
    }
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

function toDigits(amounts: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, String(amount)]))
}

function fromDigits(amounts: Readonly<Record<string, string>>): Map<string, bigint> {
  return new Map(Object.entries(amounts).map(([name, digits]) => [name, BigInt(digits)]))
}
