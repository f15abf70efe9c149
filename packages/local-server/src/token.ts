import { randomBytes } from 'node:crypto'

/** Hard to guess, and told from other keys at sight. */
export function newToken(): string {
  return `bursar_${randomBytes(24).toString('base64url')}`
}
