import type { Offer, Payer, SettlementStatus, SignedPayment } from '@bursar/core'

/** Which authorizations have settled, and which are dead, by their references. */
export class TestChain {
  readonly settled = new Set<string>()
  readonly dead = new Set<string>()
  /** Whether it names the transactions of what has settled. */
  names = true
}

/** Pays for one wallet of a {@link TestChain}, and writes down what it has signed. */
export class TestPayer implements Payer {
  readonly family = 'eip155'
  readonly signed: SignedPayment[] = []
  readonly wallet: string
  readonly #chain: TestChain

  constructor(chain: TestChain, wallet: string) {
    this.#chain = chain
    this.wallet = wallet
  }

  async address(): Promise<string> {
    return this.wallet
  }

  async rejectionReason(): Promise<undefined> {}

  async prepare(offer: Offer) {
    const expiresAtSeconds = Math.floor(Date.now() / 1000) + 300
    const sign = async (): Promise<SignedPayment> => {
      const reference = `${this.wallet}-${this.signed.length + 1}`
      const payment: SignedPayment = {
        network: offer.network.id,
        asset: offer.asset.address,
        payer: this.wallet,
        payTo: offer.payTo,
        amountAtomic: offer.amountAtomic,
        reference,
        expiresAtSeconds,
        expiry: BigInt(expiresAtSeconds),
        payload: { reference, payer: this.wallet }
      }
      this.signed.push(payment)
      return payment
    }
    return { payer: this.wallet, expiresAtSeconds, sign }
  }

  async getSettlementStatus({ reference }: SignedPayment): Promise<SettlementStatus> {
    const { settled, names } = this.#chain
    if (settled.has(reference))
      return names ? { status: 'settled', transaction: `tx ${reference}` } : { status: 'settled' }
    return { status: this.#chain.dead.has(reference) ? 'dead' : 'open' }
  }

  /** How many of its authorizations have settled. */
  get settledCount(): number {
    return this.signed.filter(({ reference }) => this.#chain.settled.has(reference)).length
  }
}
