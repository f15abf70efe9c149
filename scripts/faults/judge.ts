import { authorizationOf, type Purchase } from '@bursar/core'
import bs58 from 'bs58'
import type { Stage } from './stage.js'

/** What a campaign came to. The last three must be zero. */
export interface Verdict {
  readonly runs: number
  readonly kills: number
  readonly purchases: number
  readonly settled: number
  /** Payments that settled for a call whose earlier payment had settled, and had not been answered by then. */
  readonly paidTwice: number
  /** Settled on a chain, and unknown or unsettled in the ledger. */
  readonly lostRecords: number
  /** Atomic USDC that moved beyond the limit. */
  readonly overLimitError: number
}

/** Counts on the chains, and compares the ledger with them. */
export async function judge(stage: Stage, limitAtomic: bigint): Promise<Omit<Verdict, 'runs' | 'kills'>> {
  const { settled, spent } = await readChains(stage)
  const ledger = stage.openLedger()
  const byReference = new Map<string, Purchase>()
  let purchases = 0
  for await (const purchase of ledger.history()) {
    const authorization = authorizationOf(purchase)
    purchases++
    if (authorization) byReference.set(nameOf(authorization.reference), purchase)
  }
  await ledger.close()
  const paid = settled.map((reference) => byReference.get(reference))
  return {
    purchases,
    settled: settled.length,
    paidTwice: countPaidTwice(paid.filter((purchase) => purchase !== undefined)),
    lostRecords: paid.filter((purchase) => purchase?.state !== 'settled').length,
    overLimitError: Number(spent > limitAtomic ? spent - limitAtomic : 0n)
  }
}

async function readChains({ base, solana, evmAddress, keypair }: Stage) {
  const onBase = await base.authorizationsUsed(evmAddress)
  // The oldest transfer is the one that funded the wallet.
  const onSolana = (await solana.settledTransfers(keypair.publicKey.toBase58())).slice(0, -1)
  const moved = onSolana.reduce((sum, { balances: [before, after] }) => sum + before - after, 0n)
  return {
    settled: [...onBase.map(({ nonce }) => nonce), ...onSolana.map(({ messageHash }) => messageHash)],
    spent: onBase.reduce((sum, { amountAtomic }) => sum + amountAtomic, moved)
  }
}

/** A call without a name that has its answer may be made again, which is another purchase. */
function countPaidTwice(paid: readonly Purchase[]): number {
  const calls = [...new Set(paid.map(({ labels }) => labels.call))]
  return calls
    .map((call) => paid.filter(({ labels }) => labels.call === call))
    .map((purchases) => purchases.toSorted((a, b) => a.reservedAtMs - b.reservedAtMs))
    .flatMap((purchases) => purchases.slice(1).filter((later, at) => !isAnsweredBefore(purchases[at], later)))
    .length
}

function isAnsweredBefore(earlier: Purchase | undefined, later: Purchase): boolean {
  const isNamed = earlier?.name !== undefined
  return !isNamed && earlier?.call === 'answered' && earlier.endedAtMs <= later.reservedAtMs
}

/** As the chains name it: USDC's nonce on Base, the hash of the message in hex on Solana. */
function nameOf(reference: string): string {
  return reference.startsWith('0x') ? reference : Buffer.from(bs58.decode(reference)).toString('hex')
}
