import type { AskPerson } from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { networkName } from '../text/network-name.js'

/** Asks about a payment on the terminal. Anything but yes declines it; without a terminal, nobody can be asked. */
export function askOnTerminal({ ask }: Pick<CommandContext, 'ask'>): AskPerson {
  return async ({ amount, symbol, isTest, host, payTo, network, usual }, { signal } = {}) => {
    if (!ask) return undefined
    const money = `${amount} ${symbol}${isTest ? ' (test money)' : ''}`
    const before = usual === undefined ? '' : `, which last cost ${usual}`
    const question = `Pay ${money}${before} to ${host}, account ${payTo} on ${networkName(network)}? [y/N] `
    const answer = await ask(question, { isShown: true, signal })
    return /^y(?:es)?$/i.test(answer.trim())
  }
}
