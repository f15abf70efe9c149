import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

const MIN_LENGTH = 16

/** The token by which an operator asks a server how it is. Absent: nobody may. @throws {UsageError} when it is too short. */
export function operatorToken(env: Env): string | undefined {
  return givenToken(env, 'BURSAR_OPERATOR_TOKEN')
}

/** The token that stays, of the proxy or the tools. Absent: each start makes a new one. @throws {UsageError} when it is too short. */
export function proxyToken(env: Env): string | undefined {
  return givenToken(env, 'BURSAR_PROXY_TOKEN')
}

/**
 * The token by which the server of `mcp --connect` knows the operator. Absent: it knows nobody.
 *
 * @throws {UsageError} when no header can hold it: the error of the header would show it.
 */
export function connectToken(env: Env): string | undefined {
  const token = env.BURSAR_CONNECT_TOKEN?.trim()
  if (!token) return undefined
  if (/^[\x21-\x7e]+$/.test(token)) return token
  throw new UsageError('BURSAR_CONNECT_TOKEN holds a character that no token has (its value is not shown)')
}

function givenToken(env: Env, name: 'BURSAR_OPERATOR_TOKEN' | 'BURSAR_PROXY_TOKEN'): string | undefined {
  const token = env[name]
  if (!token) return undefined
  if (token.length >= MIN_LENGTH) return token
  throw new UsageError(`${name} needs at least ${MIN_LENGTH} characters`)
}
