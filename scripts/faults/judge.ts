import { authorizationOf } from '@bursar/core'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import bs58 from 'bs58'
import type { Stage } from './stage.js'

/** What a campaign came to. The last three must be zero. */
export interface Verdict {
  readonly runs: number
  readonly kills: number
  readonly purchases: number
  readonly settled: number
  /** Calls whose authorizations settled more than once. */
  readonly paidTwice: number
  /** Settled on a chain, and unknown or unsettled in the ledger. */
  readonly lostRecords: number
  /** Atomic USDC that moved beyond the limit. */
  readonly overLimitError: number
}

/** Counts on the chains, and compares the ledger with them. */
export async function judge(
  { base, solana, evmAddress, keypair, ledgerPath }: Stage,
  limitAtomic: bigint
): Promise<Omit<Verdict, 'runs' | 'kills'>> {
  const onBase = await base.authorizationsUsed(evmAddress)
  // The oldest transfer is the one that funded the wallet.
  const onSolana = (await solana.settledTransfers(keypair.publicKey.toBase58())).slice(0, -1)
  const settled = [...onBase.map(({ nonce }) => nonce), ...onSolana.map(({ messageHash }) => messageHash)]
  const moved = onSolana.reduce((sum, { balances: [before, after] }) => sum + before - after, 0n)
  const spent = onBase.reduce((sum, { amountAtomic }) => sum + amountAtomic, moved)
  const ledger = sqliteLedger({ path: ledgerPath })
  const byReference = new Map<string, { readonly name: string; readonly state: string }>()
  let purchases = 0
  for await (const purchase of ledger.history()) {
    const { name = '', state } = purchase
    const authorization = authorizationOf(purchase)
    purchases++
    if (authorization) byReference.set(nameOf(authorization.reference), { name, state })
  }
  await ledger.close()
  const names = settled.flatMap((reference) => byReference.get(reference)?.name ?? [])
  return {
    purchases,
    settled: settled.length,
    paidTwice: names.length - new Set(names).size,
    lostRecords: settled.filter((reference) => byReference.get(reference)?.state !== 'settled').length,
    overLimitError: Number(spent > limitAtomic ? spent - limitAtomic : 0n)
  }
}

/** As the chains name it: USDC's nonce on Base, the hash of the message in hex on Solana. */
function nameOf(reference: string): string {
  return reference.startsWith('0x') ? reference : Buffer.from(bs58.decode(reference)).toString('hex')
}
