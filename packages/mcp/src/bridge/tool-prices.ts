import { amountWords, isJsonObject, type JsonObject, paidWith } from '@bursar/core'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { spending, spendsMoney } from '../tools/tool-words.js'

/** How many prices are kept: a server may name any number of tools. */
const MAX_PRICES = 1_000

/** What is known of the prices of a server's tools: what it asked when they were called, or what its list says. */
export class ToolPrices {
  readonly #asked = new Map<string, string>()
  readonly #maxPayment: () => string

  /** @param maxPayment the most that one payment may cost now, in words. */
  constructor(maxPayment: () => string) {
    this.#maxPayment = maxPayment
  }

  /** Notes what a server asked for a call. @returns whether that is news. */
  async note(tool: string, challenge: JsonObject): Promise<boolean> {
    const price = await priceIn(challenge)
    if (price === undefined || this.#asked.get(tool) === price) return false
    if (this.#asked.size >= MAX_PRICES && !this.#asked.has(tool)) return false
    this.#asked.set(tool, price)
    return true
  }

  /**
   * A tool as it is shown to a host: with its price, as far as that is known. Whatever its server says, it is no tool that a
   * host may call without asking.
   */
  async describe(tool: Tool): Promise<Tool> {
    const description = `${tool.description ?? ''}\n\n${await this.#sentence(tool)}`.trimStart()
    return { ...tool, description, annotations: { ...tool.annotations, ...spending } }
  }

  async #sentence({ name, _meta: meta }: Tool): Promise<string> {
    const asked = this.#asked.get(name)
    if (asked !== undefined) return `Price: ${asked}, when it was last called. ${spendsMoney}`
    const listed = await priceIn(meta?.x402)
    if (listed !== undefined) return `Price: ${listed}, as its server lists it. ${spendsMoney}`
    return `Price: not known before it is called; at most ${this.#maxPayment()} are paid for a call. ${spendsMoney}`
  }
}

/** The first price in a challenge, or in what is like one, in words. `undefined` where there is none that can be read. */
async function priceIn(challenge: unknown): Promise<string | undefined> {
  if (!isJsonObject(challenge) || !Array.isArray(challenge.accepts)) return undefined
  const { createRegistry, parseChallengeBody } = await import('@bursar/core/wire')
  try {
    const text = JSON.stringify({ x402Version: 2, ...challenge })
    const [offer] = parseChallengeBody(text, createRegistry()).offers
    return offer && `${amountWords({ ...offer, ...paidWith(offer) })} on ${offer.network.id}`
  } catch {
    return undefined
  }
}
