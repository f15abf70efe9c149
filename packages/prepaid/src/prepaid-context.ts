import { BursarError, type BursarParts, type NetworkId, type ServiceBursar } from '@bursar/core'
import type { PrepaidService } from './service.js'
import type { PrepaidWallet } from './wallet.js'

/** Sends a request and pays nothing. */
export type PlainFetch = (url: string, init: RequestInit) => Promise<Response>

/** What the functions of one prepaid balance share. */
export interface PrepaidContext {
  readonly service: PrepaidService
  /** Without a slash at its end. */
  readonly base: string
  readonly origin: string
  readonly network: NetworkId
  /** Absent: the account signs payments and no texts. */
  readonly wallet: PrepaidWallet | undefined
  readonly plainFetch: PlainFetch
  readonly receiptOf: ServiceBursar['receiptOf']
  /** Top-ups whose credit was seen, by their ids: the service need not list it for ever. */
  readonly shownCredits: Set<string>
  readonly parts: Pick<BursarParts, 'ledger' | 'clock' | 'pay' | 'resolve' | 'balanceWatch'>
}

/**
 * The wallet that proves the balance.
 *
 * @throws {BursarError} `signer/failed` when the account signs payments and no texts.
 */
export function walletOf({ wallet, service, network }: PrepaidContext): PrepaidWallet {
  if (wallet) return wallet
  const reason = 'the account signs payments and no texts'
  throw new BursarError('signer/failed', {
    message: `${service.name}: the prepaid balance cannot be proven, since ${reason}. Nothing was sent.`,
    context: { network, reason },
    moneyState: 'none'
  })
}
