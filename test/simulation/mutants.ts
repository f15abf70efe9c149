import type { Ledger, Resumption, SettlementStatus } from '@bursar/core'
import { type Reads, recordStep, type ScopeUsage, type Store, type Transaction } from '@bursar/ledger/driver'
import { type Mutant, noMutant } from './mutant.js'
import type { Plan } from './plan.js'
import { withMethods } from './with-methods.js'

/** Each is found by the simulation: were it so in the product, a history would break the promise. */
export const mutants: readonly Mutant[] = [
  {
    ...noMutant,
    belief: 'a session of which nothing is known is at work (M1, M2, M3)',
    suits: ({ processes, oneIn }) => processes > 1 && oneIn.crash > 0,
    ledger: (ledger) =>
      asking(ledger, (query) => ({ ...query, look: query.look ?? { sessions: {}, newest: 0 } }))
  },
  {
    ...noMutant,
    belief: 'the end of a call that cannot be written is given up (M4 to M8)',
    suits: ({ processes, oneIn }) => processes > 1 && oneIn['store down'] > 0,
    store: (store) => withMethods(store, { record: recordOnce(store) })
  },
  {
    ...noMutant,
    belief: 'a commit that is not acknowledged did not hold (M9, M10)',
    suits: ({ oneIn }) => oneIn['commit unclear'] > 0,
    store: (store) => withMethods(store, { undo: () => {} })
  },
  {
    ...noMutant,
    belief: 'what is resumed was written where no power cut takes it',
    suits: ({ store, oneIn }) => store === 'file' && oneIn['commit unclear'] > 0,
    store: (store) =>
      withMethods(store, { write: (step, options) => store.write(step, { ...options, isDurable: false }) })
  },
  {
    ...noMutant,
    belief: 'a payment may be resumed from any wallet (M14)',
    suits: ({ wallets }) => wallets > 1,
    ledger: (ledger) => asking(ledger, ({ payers, ...query }) => query)
  },
  {
    ...noMutant,
    belief: 'equal calls of other processes are other purchases where calls are joined (M15, M16)',
    suits: ({ inFlight, oneIn }) => inFlight === 'join' && oneIn['caller impatient'] > 0,
    ledger: (ledger) =>
      reserving(
        asking(ledger, (query) => ({ ...query, inFlight: 'separate' })),
        ({ resumption, ...guards }) => guards
      )
  },
  {
    ...noMutant,
    belief: 'a call without a label counts nowhere (M19)',
    suits: ({ limits }) => Number(limits.perAgent) < 0.9,
    store: (store) => telling(store, (tx) => ({ usage: withoutUnlabelled(tx) }))
  },
  {
    ...noMutant,
    belief: 'budgets are looked at before the reservation, and not within it (M20)',
    suits: isTight,
    ledger: (ledger) => reserving(ledger, (guards) => ({ ...guards, budgets: [] }))
  },
  {
    ...noMutant,
    belief: 'pins are looked at before the reservation, and not within it (M21, M23)',
    suits: ({ pinsPayee, oneIn }) => pinsPayee && oneIn['payee moved'] > 0,
    ledger: (ledger) => reserving(ledger, (guards) => ({ ...guards, pinsPayee: false }))
  },
  {
    ...noMutant,
    belief: 'a pin is of the host that is paid, whoever led there (M27)',
    suits: ({ leads, pinsPayee, oneIn }) => leads && pinsPayee && oneIn['payee moved'] > 0,
    store: pinningPaidHosts
  },
  {
    ...noMutant,
    belief: 'prices are looked at before the reservation, and not within it (M22)',
    suits: ({ maxPriceIncrease, oneIn }) => maxPriceIncrease !== undefined && oneIn['price increased'] > 0,
    ledger: (ledger) => reserving(ledger, ({ maxPriceIncrease, ...guards }) => guards)
  },
  {
    ...noMutant,
    belief: 'the signer may be asked before the ledger (M24)',
    suits: (plan) => isTight(plan) && plan.signing !== 'after a wait',
    ledger: (ledger) => withMethods(ledger, { reserve: reserveSigned(ledger) })
  },
  {
    ...noMutant,
    belief: 'only what has settled counts against a budget',
    suits: isTight,
    store: (store) => telling(store, (tx) => ({ usage: withoutHeld(tx) }))
  },
  {
    ...noMutant,
    belief: 'a remembered price that was refused for another cannot settle any more',
    suits: ({ offers, prices, oneIn }) =>
      offers === 'remember' &&
      oneIn['settled late'] > 0 &&
      (prices === 'of bodies' || oneIn['price changed'] > 0),
    ledger: forgettingRefused
  },
  {
    ...noMutant,
    belief: 'our own clock tells when an authorization is dead',
    suits: ({ maxSkewMs, oneIn }) => maxSkewMs > 10_000 && oneIn['settled late'] > 0,
    payer: (payer, clock) =>
      withMethods(payer, {
        async getSettlementStatus(payment, signal): Promise<SettlementStatus> {
          const known = await payer.getSettlementStatus(payment, signal)
          const isOver = payment.expiresAtSeconds * 1000 < clock.nowMs()
          return known.status === 'open' && isOver ? { status: 'dead' } : known
        }
      })
  },
  {
    ...noMutant,
    belief: 'our own clock tells when an authorization is over, for equal calls (a chain that halts)',
    suits: ({ halt, inFlight }) => halt.ms > 0 && inFlight === 'separate',
    ledger: (ledger) =>
      withMethods(ledger, {
        async resume(query, options): Promise<Resumption> {
          const found = await ledger.resume(query, options)
          return found.kind === 'unresolved' ? { kind: 'nothing' } : found
        }
      })
  },
  {
    ...noMutant,
    belief: 'what the chain does not know will never settle',
    suits: ({ oneIn }) => oneIn['settled late'] > 0,
    payer: (payer) =>
      withMethods(payer, {
        async getSettlementStatus(payment, signal): Promise<SettlementStatus> {
          const known = await payer.getSettlementStatus(payment, signal)
          return known.status === 'open' ? { status: 'dead' } : known
        }
      })
  }
]

function isTight({ limits, purchases, processes }: Plan): boolean {
  return processes > 1 && Math.min(Number(limits.total), Number(limits.perHost)) < purchases * 0.02
}

/** A ledger that is asked something else when there may be something to resume. */
function asking(
  ledger: Ledger,
  change: (query: Parameters<Ledger['resume']>[0]) => Parameters<Ledger['resume']>[0]
): Ledger {
  return withMethods(ledger, { resume: (query, options) => ledger.resume(change(query), options) })
}

type Guards = Parameters<Ledger['reserve']>[0]['guards']

/** A ledger that reserves with other guards. */
function reserving(ledger: Ledger, change: (guards: Guards) => Guards): Ledger {
  return withMethods(ledger, {
    reserve: (reservation, options) =>
      ledger.reserve({ ...reservation, guards: change(reservation.guards) }, options)
  })
}

/** A store whose transactions tell something else. */
function telling(store: Store, change: (tx: Transaction) => Pick<Transaction, 'usage'>): Store {
  return withMethods(store, {
    write: (step, options) => store.write((tx) => step(withMethods(tx, change(tx))), options)
  })
}

function withoutUnlabelled(tx: Transaction): Transaction['usage'] {
  return (queries) =>
    tx.usage(
      queries.map((query) => (query.scope.startsWith('labelled ') ? { ...query, scope: 'all' } : query))
    )
}

function withoutHeld(tx: Transaction): Transaction['usage'] {
  const settledOnly = (usages: readonly ScopeUsage[]) => usages.map((usage) => ({ ...usage, held: 0n }))
  return (queries) => {
    const usages = tx.usage(queries)
    return usages instanceof Promise ? usages.then(settledOnly) : settledOnly(usages)
  }
}

/** A store that knows the payee of the host that is paid, which it is asked for first, and of no other. */
function pinningPaidHosts(store: Store): Store {
  const ofPaidHost = (tx: Reads): Pick<Reads, 'lastPayee'> => {
    let paid: string | undefined
    return {
      lastPayee(host, network) {
        paid ??= host
        return host === paid ? tx.lastPayee(host, network) : undefined
      }
    }
  }
  return withMethods(store, {
    read: (step, options) => store.read((tx) => step(withMethods(tx, ofPaidHost(tx))), options),
    write: (step, options) => store.write((tx) => step(withMethods(tx, ofPaidHost(tx))), options)
  })
}

/** Writes an event when it happens, or never. */
function recordOnce(store: Store): Store['record'] {
  return async (id, event, options) => {
    const recorded = await store.write((tx) => recordStep(tx, id, event), { ...options, isDurable: true })
    if ('purchase' in recorded) return recorded.purchase
    throw new TypeError(`${id} is ${'conflict' in recorded ? recorded.conflict : 'frozen'}`)
  }
}

function reserveSigned(ledger: Ledger): Ledger['reserve'] {
  return (reservation, { sign, ...options } = {}) => {
    const signed = sign?.()
    return ledger.reserve(reservation, signed ? { ...options, sign: () => signed } : options)
  }
}

/** A ledger that takes a payment for dead when its call pays again. */
function forgettingRefused(ledger: Ledger): Ledger {
  const unpaid = new Map<string, string>()
  return withMethods(ledger, {
    async recordEvent(id, event, options) {
      const recorded = await ledger.recordEvent(id, event, options)
      if (event.type === 'withdrawn' && recorded.state === 'sent') unpaid.set(recorded.fingerprint, id)
      return recorded
    },
    async reserve(reservation, options) {
      const refused = unpaid.get(reservation.fingerprint)
      if (refused !== undefined) await ledger.recordEvent(refused, { type: 'dead' })
      return ledger.reserve(reservation, options)
    }
  })
}
