import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import {
  checkOptions,
  listOf,
  type OptionCheck,
  type OptionChecks,
  optionsOf,
  type UsdcAmount
} from '@bursar/core'
import { hostLimitsChecks, type SumLimits } from '@bursar/fetch'
import { holdsSecret } from './sent-secrets.js'

/** A program that spends through a local server: the server recognizes it by its token and applies its own limits. */
export interface AgentOptions {
  /**
   * Letters, digits, `.`, `_` and `-`, at most 64. Its purchases carry the label `agent: <name>` in the ledger.
   *
   * @example { name: 'research' }
   */
  readonly name: string
  /**
   * The secret that the agent sends with each request: at least 16 characters of ASCII, and no space.
   *
   * @example { token: process.env.AGENT_TOKEN ?? '' }
   */
  readonly token: string
  /**
   * Decimal USDC for this agent alone, in addition to the limits that all agents share. Default: those alone.
   *
   * @example { limits: { payment: '0.05', day: '1.00' } }
   */
  readonly limits?: AgentLimits | undefined
}

/** What one agent may spend. Decimal USDC. */
export interface AgentLimits extends SumLimits {
  /**
   * The most that one payment may cost, in decimal USDC. Default: the payment limit that all agents share.
   *
   * @example { payment: '0.05' }
   */
  readonly payment?: UsdcAmount | undefined
}

const MIN_TOKEN_LENGTH = 16

const checkName: OptionCheck = (value, path) => {
  if (typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)) return
  const name = typeof value === 'string' ? `"${value.slice(0, 70)}"` : 'a name'
  throw new TypeError(`${path}: ${name} must be 1 to 64 letters, digits, . _ or -`)
}

/** A check for a secret that requests are sent with. */
export const checkToken: OptionCheck = (value, path) => {
  if (typeof value !== 'string') throw new TypeError(`${path} must be text (its value is not shown)`)
  if (value.length < MIN_TOKEN_LENGTH)
    throw new TypeError(`${path} is shorter than ${MIN_TOKEN_LENGTH} characters`)
  // Others do not arrive in a header as they were sent, so that every request with it would be unknown.
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new TypeError(
      `${path} must be letters, digits and signs of ASCII, without spaces (it is not shown)`
    )
}

const agentChecks: OptionChecks<AgentOptions> = {
  name: checkName,
  token: checkToken,
  limits: optionsOf<AgentLimits>(hostLimitsChecks)
}

/** A check for a list of agents, where it is an option of another. */
export const checkAgents: OptionCheck = listOf((value, path) => {
  checkOptions<AgentOptions>(value, agentChecks, path)
  // A program in JavaScript may leave them out.
  const { name, token }: Partial<AgentOptions> = Object(value)
  checkName(name, `${path}.name`)
  checkToken(token, `${path}.token`)
})

/** Finds the agent that a token belongs to, in a time that reveals nothing about the tokens. */
export class Agents {
  readonly #agents: readonly { readonly name: string; readonly digest: Buffer }[]
  readonly #tokens: readonly string[]

  /** @throws {TypeError} when the list is empty, two agents share a name or a token, or a name or token is malformed. */
  constructor(agents: readonly AgentOptions[]) {
    assertAgents(agents)
    this.#agents = agents.map(({ name, token }) => ({ name, digest: digestOf(token) }))
    this.#tokens = agents.map(({ token }) => token)
  }

  /**
   * The agent whose token a request carries, in either of the headers that OpenAI's and Anthropic's clients use. What is
   * in the other may be a credential for somebody else.
   */
  nameOf({ authorization = '', 'x-api-key': key }: IncomingHttpHeaders): string | undefined {
    const [, bearer = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
    const names = [bearer, typeof key === 'string' ? key : ''].map((token) => this.#find(token))
    return names.find((name) => name !== undefined)
  }

  /** Whether texts that are sent on hold a token of any agent, as it is or encoded. */
  areTokensIn(texts: readonly string[]): boolean {
    return holdsSecret(texts, this.#tokens)
  }

  /** Whether bytes that are sent on hold a token of any agent, as it is. */
  areTokensInBytes(bytes: Uint8Array): boolean {
    const { buffer, byteOffset, byteLength } = bytes
    const body = Buffer.from(buffer, byteOffset, byteLength)
    return this.#tokens.some((token) => body.includes(token))
  }

  #find(token: string): string | undefined {
    const digest = digestOf(token)
    const [found] = this.#agents.filter((agent) => timingSafeEqual(agent.digest, digest))
    return found?.name
  }
}

function assertAgents(agents: readonly AgentOptions[]): void {
  checkAgents(agents, 'agents')
  if (agents.length === 0) throw new TypeError('agents: at least one agent is needed')
  const names = new Set(agents.map(({ name }) => name))
  if (names.size < agents.length) throw new TypeError('agents: two agents share one name')
  const tokens = new Set(agents.map(({ token }) => token))
  if (tokens.size < agents.length) throw new TypeError('agents: two agents share one token')
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
