import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

const MIN_LENGTH = 16

/** The token by which an operator asks a server how it is. Absent: nobody may. @throws {UsageError} when it is too short. */
export function operatorToken({ BURSAR_OPERATOR_TOKEN: token }: Env): string | undefined {
  if (!token) return undefined
  if (token.length >= MIN_LENGTH) return token
  throw new UsageError(`BURSAR_OPERATOR_TOKEN needs at least ${MIN_LENGTH} characters`)
}
