import { type Chance, createChance } from '../chance.js'
import { type FaultKind, faultRates } from './faults.js'
import { type Halt, noHalt } from './simulated-chain.js'

/** What one history is like. All of it comes from the seed, so that histories differ in more than their order. */
export interface Plan {
  readonly seed: number
  readonly purchases: number
  /** One file that processes of one or more machines share, or one database. */
  readonly store: 'file' | 'database'
  readonly family: 'eip155' | 'solana'
  readonly inFlight: 'separate' | 'join'
  /** Whether prices are asked for, or remembered. */
  readonly offers: 'ask' | 'remember'
  /** Whether each body has a price of its own, or all at one place have the same. */
  readonly prices: 'of bodies' | 'of places'
  readonly machines: number
  readonly processes: number
  /** How many clients of its own each process makes, all on its one ledger. */
  readonly clients: number
  readonly wallets: number
  /** How far clocks are off, and how far they jump. */
  readonly maxSkewMs: number
  readonly signing: 'at once' | 'after a wait' | 'either'
  /** Whether receipts are held against the chain. */
  readonly verifies: boolean
  /** Whether the server refuses a payment that has settled when it comes again. */
  readonly refusesUsed: boolean
  readonly pinsPayee: boolean
  /** Whether sellers lead unpaid requests to names below their own that nobody has met. */
  readonly leads: boolean
  readonly maxPriceIncrease: number | undefined
  readonly resumeWindowMs: number
  /** When the chain makes no blocks, on Solana, which counts blocks and not seconds. */
  readonly halt: Halt
  /** Decimal USDC. */
  readonly limits: SimulatedLimits
  /** One in how many of its occasions a fault happens; 0: never. */
  readonly oneIn: Readonly<Record<FaultKind, number>>
}

/** Decimal USDC. */
interface SimulatedLimits {
  readonly total: string
  readonly hour: string
  readonly perHost: string
  readonly perAgent: string
}

/** The most that one payment may cost. Decimal USDC. */
export const MAX_PAYMENT = '0.05'

/** Draws what a history is like. */
export function createPlan(seed: number, purchases: number): Plan {
  // Its own draws, so that the plan stays the same when the history draws more or less.
  const chance = createChance(seed ^ 0x5eed)
  const often = <Value>(usual: Value, other: Value, oneIn: number): Value =>
    chance.below(oneIn) === 0 ? other : usual
  const maxSkewMs = chance.pick([0, 3_000, 3_000, 600_000])
  const drawn: Omit<Plan, 'halt'> = {
    seed,
    purchases,
    store: chance.pick(['file', 'database']),
    family: often('eip155', 'solana', 4),
    inFlight: often('separate', 'join', 3),
    machines: 1 + chance.below(3),
    processes: 1 + chance.below(4),
    clients: often(1, 2, 3),
    wallets: often(1, 2, 4),
    maxSkewMs,
    signing: chance.pick(['at once', 'after a wait', 'either']),
    verifies: often(false, true, 3),
    refusesUsed: often(false, true, 6),
    pinsPayee: often(false, true, 3),
    maxPriceIncrease: often(undefined, 3, 3),
    resumeWindowMs: maxSkewMs > 10_000 ? 3_600_000 : 600_000,
    limits: drawLimits(chance, purchases),
    oneIn: drawRates(chance),
    offers: chance.pick(['ask', 'remember']),
    prices: often('of places', 'of bodies', 3),
    leads: often(false, true, 3)
  }
  const halts = drawn.maxSkewMs <= 10_000 && chance.below(4) === 0
  return halts ? { ...drawn, family: 'solana', halt: drawHalt(chance) } : { ...drawn, halt: noHalt }
}

/** While things are wanted, and for longer than an equal call resumes what has settled. */
function drawHalt(chance: Chance): Halt {
  return { fromMs: chance.below(60_000), ms: 900_000 + chance.below(600_000) }
}

/** Wide, or so tight that some purchases do not fit. A purchase costs some 0.02. */
function drawLimits(chance: Chance, purchases: number): SimulatedLimits {
  const of = (perPurchase: number): string => (perPurchase * purchases + 0.05).toFixed(3)
  const isTight = chance.below(2) === 0
  const share = (): number => (isTight && chance.below(2) === 0 ? 0.005 + chance.below(15) / 1_000 : 1)
  return { total: of(share()), hour: of(share()), perHost: of(share()), perAgent: of(share() / 2) }
}

/** Every history has faults of some kinds, and none of others: all at once would hide what few together show. */
function drawRates(chance: Chance): Record<FaultKind, number> {
  const rates: Record<FaultKind, number> = { ...faultRates }
  for (const [kind, oneIn] of Object.entries(faultRates) as [FaultKind, number][])
    rates[kind] = chance.below(2) === 0 ? 0 : Math.max(2, Math.round(oneIn * chance.pick([0.4, 1, 2])))
  return rates
}
