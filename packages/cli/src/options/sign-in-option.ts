import type { SignIn } from '@bursar/fetch'
import { InvalidArgumentError } from 'commander'

/** Reads when to sign in to a server instead of paying it again. */
export function parseSignIn(text: string): SignIn {
  if (text === 'never') return false
  if (text === 'bought' || text === 'always') return text
  throw new InvalidArgumentError('It is bought, always or never.')
}
