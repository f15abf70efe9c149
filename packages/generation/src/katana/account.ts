import { isBursarError, type JsonObject, type RandomBytes } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import type { Operation } from '../shared/service/operation.js'
import type { Catalogue } from './catalogue/model.js'
import { parseCredits } from './pricing/credits.js'
import type { Violation } from './rules/violation.js'
import type { Session } from './session.js'
import { readModelList } from './wire/model-list.js'

/** What is left on an account. A prepaid wallet balance is not part of it (Katana 147). */
export interface AccountBalance {
  /** Decimal credits. */
  readonly credits: string
  readonly creditsTenths: bigint
}

interface ReadOptions {
  readonly signal?: AbortSignal
}

interface AttestationOptions extends ReadOptions {
  /** 64 hex digits, which the proof repeats. Default: fresh ones. */
  readonly nonce?: string
}

const READ_TIMEOUT_MS = 60_000

/** Builds the part of the client that asks and pays nothing. */
export function createAccount(session: Session, catalogue: Catalogue, random: RandomBytes) {
  const { connection, keyHeaders } = session
  /** Katana shows text models to those who say who they are, so whoever has a key says so. */
  const question = (name: string, path: string, { signal }: ReadOptions): Operation => ({
    name,
    method: 'GET',
    path,
    money: 'none',
    timeoutMs: READ_TIMEOUT_MS,
    ...(keyHeaders ? { headers: keyHeaders } : {}),
    ...(signal ? { signal } : {})
  })

  async function balance(options: ReadOptions = {}): Promise<AccountBalance> {
    if (!keyHeaders) throw new TypeError('account.balance needs an apiKey')
    const operation = question('account.balance', '/v1/me/balance', options)
    const { body, response } = await connection.read(operation)
    const { credits } = body
    try {
      if (typeof credits === 'string') return { credits, creditsTenths: parseCredits(credits) }
    } catch (error) {
      if (!isBursarError(error, 'amount/malformed')) throw error
    }
    throw connection.malformed(operation, response, 'credits are not decimal text')
  }

  async function attestation(
    model: string,
    options: AttestationOptions = {}
  ): Promise<{ readonly nonce: string; readonly proof: JsonObject }> {
    const nonce = options.nonce ?? hexOf(random(32))
    const violations = session.validate ? checkAttestation(model, nonce, catalogue) : []
    if (violations.length > 0) throw invalidRequest(violations)
    const path = `/v1/text/attestation?${new URLSearchParams({ model, nonce })}`
    const { body } = await connection.read(question('attestation', path, options))
    return { nonce, proof: body }
  }

  return {
    models: {
      list: async (options: ReadOptions = {}): Promise<Catalogue> =>
        readModelList((await connection.read(question('models.list', '/v1/models', options))).body)
    },
    account: { balance },
    discovery: async (options: ReadOptions = {}): Promise<JsonObject> =>
      (await connection.read(question('discovery', '/v1/x402', options))).body,
    attestation
  }
}

/** Katana 90 and 91. */
function checkAttestation(model: string, nonce: string, { texts }: Catalogue): readonly Violation[] {
  const privates = texts.filter(({ isPrivate }) => isPrivate).map(({ name }) => name)
  const violations: Violation[] = []
  if (!privates.includes(model)) {
    const message = 'Only private models attest'
    violations.push({ field: 'model', rule: 'not_private', message, allowed: privates.join(', ') })
  }
  if (!/^[0-9a-f]{64}$/i.test(nonce)) {
    const message = 'The nonce is not 64 hex digits'
    violations.push({
      field: 'nonce',
      rule: 'nonce',
      message,
      allowed: '64 hex digits, or none: one is made'
    })
  }
  return violations
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
