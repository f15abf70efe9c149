import { invalidRequest } from '../../shared/checks/invalid-request.js'
import type { Catalogue } from '../catalogue/model.js'
import type { Violation } from './violation.js'

/**
 * Checks a request for an attestation against Katana 90 and 91.
 *
 * @throws {BursarError} `request/invalid`
 */
export function assertAttestable(model: string, nonce: string, { texts }: Pick<Catalogue, 'texts'>): void {
  const privates = texts.filter(({ isPrivate }) => isPrivate).map(({ name }) => name)
  const violations: Violation[] = []
  if (!privates.includes(model)) {
    const message = 'Only private models attest'
    violations.push({ field: 'model', rule: 'not_private', message, allowed: privates.join(', ') })
  }
  if (!/^[0-9a-f]{64}$/i.test(nonce)) {
    const message = 'The nonce is not 64 hex digits'
    violations.push({ field: 'nonce', rule: 'nonce', message, allowed: '64 hex digits. Default: fresh ones' })
  }
  if (violations.length > 0) throw invalidRequest(violations)
}
