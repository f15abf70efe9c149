import { bursarErrorOf, discardBody } from '@bursar/core'
import type { FetchLike } from '../../shared/service/operation.js'

/** How a text is paid that the balance is to pay where it can. */
export interface BalanceFirst {
  readonly balance: FetchLike
  /** Pays the whole reserve, of which nothing comes back. */
  readonly direct: FetchLike
  /** Whether a text that was paid directly has no answer yet: only a direct call resumes it. */
  readonly isOwed: (signal?: AbortSignal) => Promise<boolean>
}

/**
 * What `auto` means for texts, everywhere: the prepaid balance pays where it holds enough, after a top-up where a rule
 * allows one. Else, also where no bound is known of what the balance could be charged, the text is paid directly. It is
 * sent again then, without a proof: what the balance lacks is never paid as the price of the call. While a text that was
 * paid directly has no answer, texts are paid directly, so that none is paid twice.
 */
export function balanceFirst({ balance, direct, isOwed }: BalanceFirst): FetchLike {
  return async (url, init) => {
    if (await isOwed(init.signal ?? undefined)) return direct(url, init)
    let answer: Response
    try {
      answer = await balance(url, init)
    } catch (error) {
      if (!cannotPay(error)) throw error
      return direct(url, init)
    }
    if (answer.status !== 402) return answer
    // A proof without a bursar behind it: the service says itself that the balance is too low.
    discardBody(answer)
    return direct(url, init)
  }
}

/** A direct payment is of what was quoted, so that its price is always known. */
function cannotPay(error: unknown): boolean {
  return (
    bursarErrorOf(error, 'balance/insufficient') !== undefined ||
    bursarErrorOf(error, 'price/unknown') !== undefined
  )
}
