import { BursarError } from '@bursar/core'

/** The error of a local chain that does not start, or does not do what it is there for. */
export function chainUnavailable(chain: 'base' | 'solana', reason: string): BursarError<'chain/unavailable'> {
  return new BursarError('chain/unavailable', {
    message: `The local chain for ${chain === 'base' ? 'Base' : 'Solana'} cannot be used: ${reason}.`,
    context: { chain, reason },
    moneyState: 'none'
  })
}
