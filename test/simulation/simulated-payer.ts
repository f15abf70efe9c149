import {
  BursarError,
  type NetworkFamily,
  type Offer,
  type Payer,
  type PaymentTerms,
  type PreparedPayment,
  type SettlementStatus,
  type SignedPayment
} from '@bursar/core'
import type { CallMark } from './call-mark.js'
import type { Owner } from './scheduler.js'
import type { World } from './world.js'

/** Whose wallet it is, and where it runs. */
export interface PayerParts {
  readonly world: World
  readonly process: Owner & { nowMs(): number }
  readonly address: string
}

/** For which call it signs, and until when it holds. */
interface Signing {
  readonly mark: CallMark
  readonly expiresAtSeconds: number
}

/** A wallet and its endpoint: signs at once or after a while, and asks a chain that answers, lags, or does not answer. */
export class SimulatedPayer implements Payer {
  readonly family: NetworkFamily
  readonly #parts: PayerParts

  constructor(parts: PayerParts) {
    this.#parts = parts
    this.family = parts.world.plan.family
  }

  async address(): Promise<string> {
    return this.#parts.address
  }

  async rejectionReason(): Promise<string | undefined> {
    return undefined
  }

  async prepare(offer: Offer, { maxValiditySeconds, signal }: PaymentTerms): Promise<PreparedPayment> {
    const { world, process, address } = this.#parts
    const { chance, plan } = world
    const validitySeconds = Math.min(offer.maxTimeoutSeconds, maxValiditySeconds)
    const expiresAtSeconds = Math.floor(process.nowMs() / 1000) + validitySeconds
    const mark = world.calls.markOf(signal)
    const signSync = (): SignedPayment => this.#sign(offer, { mark, expiresAtSeconds })
    const isAtOnce = plan.signing === 'at once' || (plan.signing === 'either' && chance.below(2) === 0)
    return {
      payer: address,
      expiresAtSeconds,
      sign: () => this.#signLater(signSync),
      signSync: isAtOnce ? signSync : undefined
    }
  }

  saysTooLate(reason: string): boolean {
    return this.family === 'solana' && reason === 'Blockhash not found'
  }

  async getSettlementStatus({ reference }: SignedPayment): Promise<SettlementStatus> {
    const { world, process } = this.#parts
    const { chance, faults, scheduler, chain } = world
    await scheduler.wait({ ms: chance.below(100), owner: process, what: `asks the chain of ${reference}` })
    if (faults.happens('endpoint down')) throw endpointDown()
    const lagMs = faults.happens('endpoint behind') ? chance.below(40_000) : 0
    const known = chain.status(reference, { lagMs, ownMs: process.nowMs() })
    scheduler.note(process, `is told that ${reference} is ${known.status}`)
    return known
  }

  async #signLater(signSync: () => SignedPayment): Promise<SignedPayment> {
    const { world, process } = this.#parts
    const { chance, faults, scheduler } = world
    const ms = chance.below(faults.happens('signature slow') ? 90_000 : 500)
    await scheduler.wait({ ms, owner: process, what: 'has its wallet sign' })
    if (faults.happens('signature failed')) throw new TypeError('The wallet does not sign')
    return signSync()
  }

  #sign({ amountAtomic, payTo, network, asset }: Offer, { mark, expiresAtSeconds }: Signing): SignedPayment {
    const { world, process, address: payer } = this.#parts
    const reference = world.watcher.nextReference()
    const validBeforeMs = expiresAtSeconds * 1000
    world.chain.noteSigned({ reference, intent: mark.intent, payer, payTo, amountAtomic, validBeforeMs })
    world.watcher.onSigned(reference, mark)
    world.scheduler.note(process, `signs ${reference} for ${mark.intent}`)
    return {
      network: network.id,
      asset: asset.address,
      payer,
      payTo,
      amountAtomic,
      reference,
      expiresAtSeconds,
      expiry: BigInt(expiresAtSeconds),
      payload: { reference }
    }
  }
}

function endpointDown(): BursarError {
  return new BursarError('rpc/unavailable', {
    message: 'No endpoint answers.',
    context: { network: 'eip155:8453', endpoints: 1, reasons: [] },
    moneyState: 'unknown'
  })
}
