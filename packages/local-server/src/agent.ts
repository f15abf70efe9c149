import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { UsdcAmount } from '@bursar/core'
import type { SumLimits } from '@bursar/fetch'

/** Somebody who spends through the proxy: known by a token, and held to limits that only the proxy knows. */
export interface AgentOptions {
  /** In the ledger, each of its purchases is labelled `agent: <name>`. */
  readonly name: string
  /** 16 characters at least. */
  readonly token: string
  /** Decimal USDC for this agent alone, besides the limits of all. */
  readonly limits?: AgentLimits
}

/** What one agent may spend. Decimal USDC. */
export interface AgentLimits extends SumLimits {
  readonly payment?: UsdcAmount
}

/** Finds who a token belongs to, in a time that tells nothing of it. */
export class Agents {
  readonly #agents: readonly { readonly name: string; readonly digest: Buffer }[]

  /** @throws {TypeError} when there is none, two have one name or token, or a token is short. */
  constructor(agents: readonly AgentOptions[]) {
    if (agents.length === 0) throw new TypeError('The proxy needs an agent')
    for (const { name, token } of agents) {
      if (!/^[\w.-]{1,64}$/.test(name))
        throw new TypeError('An agent has a name of letters, digits, . _ and -')
      if (token.length < 16) throw new TypeError(`The token of ${name} is shorter than 16 characters`)
    }
    if (new Set(agents.map(({ name }) => name)).size < agents.length)
      throw new TypeError('Two agents have one name')
    if (new Set(agents.map(({ token }) => token)).size < agents.length)
      throw new TypeError('Two agents have one token')
    this.#agents = agents.map(({ name, token }) => ({ name, digest: digestOf(token) }))
  }

  /** The agent whose token a request carries, as OpenAI's or as Anthropic's clients send it. */
  nameOf({ authorization = '', 'x-api-key': key }: IncomingHttpHeaders): string | undefined {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    const token = bearer ?? (typeof key === 'string' ? key : '')
    const digest = digestOf(token)
    const [found] = this.#agents.filter((agent) => timingSafeEqual(agent.digest, digest))
    return found?.name
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
