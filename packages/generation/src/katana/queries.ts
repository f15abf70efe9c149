import { checkOptions, type JsonObject, type RandomBytes } from '@bursar/core'
import type { Operation } from '../shared/service/operation.js'
import { defined } from '../shared/wire/defined.js'
import type { Catalogue } from './catalogue/model.js'
import { attestationChecks, queryChecks } from './option-checks.js'
import type { AttestationOptions, QueryOptions } from './query-options.js'
import { assertAttestable } from './rules/attestation-rules.js'
import type { Session } from './session.js'
import { type AccountBalance, readBalance } from './wire/balance.js'
import { readModelList } from './wire/model-list.js'

/** The proof of a private model. */
export interface Attestation {
  readonly nonce: string
  readonly proof: JsonObject
}

const QUERY_TIMEOUT_MS = 60_000

/** Builds the part of the client that queries and pays nothing. */
export function createQueries(session: Session, catalogue: Catalogue, random: RandomBytes) {
  const { connection } = session
  /** Katana shows text models to requests with a key, so the key goes along where there is one. */
  const query = (name: string, path: string, { signal }: QueryOptions = {}): Operation => ({
    name,
    method: 'GET',
    path,
    money: 'none',
    timeoutMs: QUERY_TIMEOUT_MS,
    ...defined({ headers: session.keyHeaders, signal })
  })

  async function balance(options: QueryOptions = {}): Promise<AccountBalance> {
    checkOptions(options, queryChecks)
    if (!session.keyHeaders) throw new TypeError('account.balance needs an apiKey')
    const answer = await connection.read(query('account.balance', '/v1/me/balance', options))
    const left = readBalance(answer.body)
    if (!left) throw connection.malformed(answer, 'credits are not decimal text')
    return left
  }

  async function attestation(model: string, options: AttestationOptions = {}): Promise<Attestation> {
    checkOptions(options, attestationChecks)
    const nonce = options.nonce ?? hexOf(random(32))
    if (session.validate) assertAttestable(model, nonce, catalogue)
    const path = `/v1/text/attestation?${new URLSearchParams({ model, nonce })}`
    const { body } = await connection.read(query('attestation', path, options))
    return { nonce, proof: body }
  }

  async function list(options: QueryOptions = {}): Promise<Catalogue> {
    checkOptions(options, queryChecks)
    const { body } = await connection.read(query('models.list', '/v1/models', options))
    return readModelList(body)
  }

  async function discovery(options: QueryOptions = {}): Promise<JsonObject> {
    checkOptions(options, queryChecks)
    const { body } = await connection.read(query('discovery', '/v1/x402', options))
    return body
  }

  return { models: { list }, account: { balance }, discovery, attestation }
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
