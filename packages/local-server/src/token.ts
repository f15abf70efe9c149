import { randomBytes } from 'node:crypto'

/** Makes a token of 192 random bits. Its prefix sets it apart from the keys of other services. */
export function newToken(): string {
  return `bursar_${randomBytes(24).toString('base64url')}`
}
