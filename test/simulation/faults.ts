import type { Chance } from '../chance.js'

/** Everything that goes wrong, and how often: one in so many of its occasions. */
export const faultRates = {
  // A process, before any of its events.
  crash: 150,
  pause: 200,
  // A machine, the store: every ten seconds or so.
  'power cut': 10,
  'clock jump': 4,
  'store down': 5,
  // The network and the server.
  'slow network': 30,
  'unpaid request lost': 15,
  'payment lost': 12,
  'payment late': 15,
  'payment doubled': 15,
  'answer lost': 6,
  'answer cut': 15,
  'answer late': 15,
  'settled late': 8,
  'not settled': 8,
  'refused though settled': 20,
  'server failed': 15,
  'asked to come again': 20,
  'receipt missing': 4,
  'receipt false': 25,
  'blockhash stale': 10,
  'payee moved': 10,
  'price increased': 10,
  // The store.
  'store slow': 8,
  'commit refused': 20,
  'commit unclear': 12,
  'read failed': 40,
  // The chain.
  'endpoint down': 5,
  'endpoint behind': 3,
  reorganization: 15,
  // Wallets and callers.
  'signature slow': 6,
  'signature failed': 25,
  'caller gives up': 8,
  'caller gives up as it is signed': 12,
  'caller impatient': 4,
  'caller lets the body go': 25,
  // What was asked before is not asked any more.
  'price changed': 6,
  'became free': 30
} as const

export type FaultKind = keyof typeof faultRates

/** Decides what goes wrong, until everything is to come to rest. */
export class Faults {
  isCalm = false
  readonly #chance: Chance
  readonly #oneIn: Readonly<Record<FaultKind, number>>

  constructor(chance: Chance, oneIn: Readonly<Record<FaultKind, number>>) {
    this.#chance = chance
    this.#oneIn = oneIn
  }

  happens(kind: FaultKind): boolean {
    const oneIn = this.#oneIn[kind]
    return !this.isCalm && oneIn > 0 && this.#chance.below(oneIn) === 0
  }
}
