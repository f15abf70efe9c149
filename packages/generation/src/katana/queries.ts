import type { JsonObject, RandomBytes } from '@bursar/core'
import type { Operation } from '../shared/service/operation.js'
import { defined } from '../shared/wire/defined.js'
import type { Catalogue } from './catalogue/model.js'
import { assertAttestable } from './rules/attestation-rules.js'
import type { Session } from './session.js'
import { type AccountBalance, readBalance } from './wire/balance.js'
import { readModelList } from './wire/model-list.js'

/** Options of a request that is free. */
export interface QueryOptions {
  readonly signal?: AbortSignal
}

/** Options of an attestation. */
export interface AttestationOptions extends QueryOptions {
  /** 64 hex digits, which the proof repeats. Default: fresh ones. */
  readonly nonce?: string
}

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

  async function balance(options?: QueryOptions): Promise<AccountBalance> {
    if (!session.keyHeaders) throw new TypeError('account.balance needs an apiKey')
    const answer = await connection.read(query('account.balance', '/v1/me/balance', options))
    const left = readBalance(answer.body)
    if (!left) throw connection.malformed(answer, 'credits are not decimal text')
    return left
  }

  async function attestation(model: string, options: AttestationOptions = {}): Promise<Attestation> {
    const nonce = options.nonce ?? hexOf(random(32))
    if (session.validate) assertAttestable(model, nonce, catalogue)
    const path = `/v1/text/attestation?${new URLSearchParams({ model, nonce })}`
    const { body } = await connection.read(query('attestation', path, options))
    return { nonce, proof: body }
  }

  return {
    models: {
      list: async (options?: QueryOptions): Promise<Catalogue> =>
        readModelList((await connection.read(query('models.list', '/v1/models', options))).body)
    },
    account: { balance },
    discovery: async (options?: QueryOptions): Promise<JsonObject> =>
      (await connection.read(query('discovery', '/v1/x402', options))).body,
    attestation
  }
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
