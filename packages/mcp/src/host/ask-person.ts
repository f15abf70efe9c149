import type { PaymentProposal } from '@bursar/fetch'
import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { moneyWords } from '../money-words.js'
import type { AskPerson } from './confirmation.js'

/** How long a person has to answer. */
const ANSWER_MS = 120_000
const MAX_WORDS = 200

/**
 * Asks the person at a host by the protocol's elicitation. Hosts that run without a person decline or cancel by themselves,
 * which therefore decides nothing.
 */
export function personAt(server: Server): AskPerson {
  return async (proposal, { signal } = {}) => {
    if (server.getClientCapabilities()?.elicitation === undefined) return undefined
    try {
      const waiting = { timeout: ANSWER_MS, ...(signal ? { signal } : {}) }
      const { action, content } = await server.elicitInput(questionAbout(proposal), waiting)
      return action === 'accept' && typeof content?.pay === 'boolean' ? content.pay : undefined
    } catch {
      // The host has no such method after all, or is gone.
      return undefined
    }
  }
}

function questionAbout({ amount, symbol, isTest, host, path, network }: PaymentProposal) {
  return {
    message: `Bursar asks: pay ${moneyWords({ amount, symbol, isTest })} to ${words(host + path)} (${network})? To dismiss this question decides nothing.`,
    requestedSchema: {
      type: 'object' as const,
      properties: { pay: { type: 'boolean' as const, title: 'Pay', description: 'whether it is paid' } },
      required: ['pay']
    }
  }
}

/** What a server chose is shown on one line, cut short. */
function words(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, MAX_WORDS)
}
