import {
  type Asset,
  atomicUsdc,
  BursarError,
  type Offer,
  type Payer,
  type PaymentTerms,
  type SettlementStatus,
  type SignedPayment
} from '@bursar/core'

/**
 * A payer that writes down what it is asked. It stands in for a chain where the test is about the steps
 * of a call; the chain tests use the real one.
 */
export class RecordingPayer implements Payer {
  readonly family = 'eip155'
  account = `0x${'2'.repeat(40)}`
  prepared = 0
  /** How far the server's clock was said to be ahead, last. */
  serverAheadSeconds: number | undefined
  readonly signed: SignedPayment[] = []
  /** What the chain says of an authorization; `outage` when it cannot be asked. */
  status: SettlementStatus['status'] | 'outage' = 'open'
  /** What a settled authorization took, where the chain says so. */
  taken: bigint | undefined
  refusal: string | undefined
  signing: (() => Promise<void>) | undefined
  /** Whether it can also sign without a wait, as a key can. */
  isSync = false
  validitySeconds = 300
  nowMs: () => number = Date.now
  /** What preparing an offer fails with, by its network. */
  readonly failures = new Map<string, BursarError>()
  /** What it holds, by network; unlimited where nothing is said. */
  readonly held = new Map<string, bigint>()
  looks = 0
  /** Networks whose balances cannot be read. */
  readonly unreadable = new Set<string>()
  readonly balances = {
    readUsdc: async () => atomicUsdc(0n),
    readGas: async () => 0n,
    readToken: async ({ network }: Asset) => {
      this.looks++
      if (this.unreadable.has(network)) throw outage(network)
      return this.held.get(network) ?? 2n ** 64n
    }
  }

  async address(): Promise<string> {
    return this.account
  }

  async rejectionReason(): Promise<string | undefined> {
    return this.refusal
  }

  async prepare(
    offer: Offer,
    {
      signingSeconds = 0,
      maxValiditySeconds,
      serverAheadSeconds
    }: Pick<PaymentTerms, 'signingSeconds' | 'maxValiditySeconds' | 'serverAheadSeconds'>
  ) {
    this.prepared++
    this.serverAheadSeconds = serverAheadSeconds
    const failure = this.failures.get(offer.network.id)
    if (failure) throw failure
    const livesSeconds = Math.min(this.validitySeconds + signingSeconds, maxValiditySeconds)
    const expiresAtSeconds = Math.floor(this.nowMs() / 1000) + livesSeconds
    const signSync = (): SignedPayment => {
      const payment: SignedPayment = {
        network: offer.network.id,
        asset: offer.asset.address,
        payer: this.account,
        payTo: offer.payTo,
        amountAtomic: offer.amountAtomic,
        reference: `0x${(this.signed.length + 1).toString(16).padStart(64, '0')}`,
        expiresAtSeconds,
        expiry: BigInt(expiresAtSeconds),
        payload: { signature: `secret-signature-${this.signed.length}`, from: this.account }
      }
      this.signed.push(payment)
      return payment
    }
    const sign = async (): Promise<SignedPayment> => {
      await this.signing?.()
      return signSync()
    }
    return { payer: this.account, expiresAtSeconds, sign, signSync: this.isSync ? signSync : undefined }
  }

  saysTooLate(reason: string): boolean {
    return reason === 'too late'
  }

  async getSettlementStatus(_payment: SignedPayment): Promise<SettlementStatus> {
    if (this.status === 'settled' && this.taken !== undefined)
      return { status: this.status, amountAtomic: this.taken }
    if (this.status !== 'outage') return { status: this.status }
    throw outage('eip155:8453', 'unknown')
  }
}

function outage(network: string, moneyState: 'none' | 'unknown' = 'none'): BursarError {
  return new BursarError('rpc/unavailable', {
    message: 'No endpoint answers.',
    context: { network, endpoints: 1, reasons: [] },
    moneyState
  })
}
