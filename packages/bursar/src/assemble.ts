import {
  type BursarParts,
  bursarParts,
  type Clock,
  type Ledger,
  lazyLedger,
  loadOnce,
  type SignInProofProvider,
  systemClock
} from '@bursar/core'
import { createPayingFetch } from '@bursar/fetch'
import { defaultLedger } from '#default-ledger'
import type { Account, AccountOptions } from './account.js'
import type { Bursar } from './bursar.js'
import { readNetworks } from './read-networks.js'
import type { SharedOptions } from './shared-options.js'

/**
 * Puts a bursar together.
 *
 * @throws {TypeError} when nobody can pay, or an option is out of range.
 * @throws {BursarError} `amount/malformed`
 */
export function assemble(options: SharedOptions, accounts: readonly Account[]): Bursar {
  const { payers = [], ledger, rpcUrls, verify, recover, ...rest } = options
  if (accounts.length === 0 && options.payers === undefined) throw new TypeError(nobodyPays)
  const { clock = systemClock } = rest
  const sources = [...accounts.map(({ payer }) => payer), ...payers]
  const networks = readNetworks(
    sources.map(({ family }) => family),
    options
  )
  const auditorOf: BursarParts['auditorOf'] = async (family) => accountOf(accounts, family)?.auditor()
  const paying = createPayingFetch({
    ...rest,
    payers: sources,
    ledger: ledger === 'memory' ? memoryLedger(clock) : (ledger ?? defaultLedger(clock, rpcUrls)),
    proofs: signInProofs(accounts, { known: rest.known, clock }),
    ...(verify === 'chain'
      ? {
          verifyReceipt: async (...claim) =>
            (await import('@bursar/audit')).verifyReceipt({ auditorOf, clock }, ...claim)
        }
      : {})
  })
  // A failure here is harmless: the next recovery, and every call that needs the budget, asks again.
  if (recover === 'at-start') paying.recover().catch(() => {})
  const parts = (): ReturnType<Bursar[typeof bursarParts]> => ({
    ...paying[bursarParts](),
    networks,
    auditorOf,
    signerOf: (family) => accountOf(accounts, family)?.signer
  })
  return Object.freeze<Bursar>({
    ...paying,
    balances: async (query) => (await import('@bursar/audit')).readBalances(parts(), query),
    [bursarParts]: parts
  })
}

const nobodyPays =
  'createBursar needs an account that pays: evm, solana or payers. ' +
  'To meter API keys alone, and pay nothing, say payers: []'

function accountOf(accounts: readonly Account[], family: string): Account | undefined {
  return accounts.find((account) => account.family === family)
}

/** Signs in with the accounts that sign texts. Loaded with the first server that asks for it. */
function signInProofs(
  accounts: readonly Account[],
  options: Pick<AccountOptions, 'known' | 'clock'>
): SignInProofProvider | undefined {
  const signers = accounts.flatMap(({ signer }) => signer ?? [])
  if (signers.length === 0) return undefined
  const provider = loadOnce(async () =>
    (await import('@bursar/siwx')).createSignInProofProvider({ ...options, signers })
  )
  return { createProof: async (request) => (await provider()).createProof(request) }
}

/** Loaded with the first call, so that a page need not load it before. */
function memoryLedger(clock: Clock): Ledger {
  return lazyLedger(async () => (await import('@bursar/ledger')).memoryLedger({ clock }))
}
