import type { MoneyState } from '@bursar/core'

/** How a call ended that got no answer. Nothing is said of the money by an error of the platform's, or of the caller's. */
export interface FailedEnd {
  readonly code: string
  readonly moneyState: MoneyState | undefined
  readonly message: string
}

/** What has become of a call's payments, and of those for the same before. */
export interface MoneyFacts {
  /** References that the call signed, and sent, which have settled or still can. */
  readonly signed: readonly string[]
  readonly sent: readonly string[]
  /** Whether any payment for the same has settled, or was said to have by a server that is believed. */
  readonly hasSettled: boolean
}

/** What is not so in what the end of a call says of its money; nothing where it is true. */
export function checkMoneyState({ code, moneyState }: FailedEnd, facts: MoneyFacts): string | undefined {
  const { sent, hasSettled } = facts
  switch (moneyState) {
    case undefined:
    case 'none':
    case 'reserved': {
      // A wallet that took too long may have signed after all: nobody has those bytes.
      const costly = code === 'signer/failed' ? sent : [...new Set([...facts.signed, ...sent])]
      return costly.length > 0 ? `${costly.join(', ')} has settled or can` : undefined
    }
    case 'signed':
      return sent.length > 0 ? `${sent.join(', ')} was sent` : undefined
    case 'settled':
      return hasSettled ? undefined : 'nothing has settled'
    default:
      return undefined
  }
}
