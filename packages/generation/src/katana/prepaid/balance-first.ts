import { bursarErrorOf } from '@bursar/core'
import type { FetchLike } from '../../shared/service/operation.js'

/** How a text is paid that the balance is to pay where it can. */
export interface BalanceFirst {
  readonly balance: FetchLike
  /** Pays the whole reserve, of which nothing comes back. */
  readonly direct: FetchLike
}

/**
 * What `auto` means for texts, everywhere: the prepaid balance pays where it holds enough, after a top-up where a rule
 * allows one; else the text is paid directly. It is sent anew then, without a proof: what the balance lacks is never paid as
 * the price of the call.
 */
export function balanceFirst({ balance, direct }: BalanceFirst): FetchLike {
  return async (url, init) => {
    let answer: Response
    try {
      answer = await balance(url, init)
    } catch (error) {
      if (!bursarErrorOf(error, 'balance/insufficient')) throw error
      return direct(url, init)
    }
    if (answer.status !== 402) return answer
    // A proof without a bursar behind it: the service says itself that the balance is too low.
    await answer.body?.cancel()
    return direct(url, init)
  }
}
