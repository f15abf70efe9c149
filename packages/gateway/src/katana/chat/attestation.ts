import { createHash } from 'node:crypto'
import { HttpError, type HttpResponse, jsonResponse } from '../../server/response.js'
import { findTextModel } from '../catalogue/catalogue.js'

/**
 * A private model's proof that it runs in confidential computing (Katana 90 and 91). Katana does not document its shape.
 * This one repeats the nonce, with a measurement that proves nothing.
 *
 * @throws {HttpError} 400
 */
export function attest(search: URLSearchParams): HttpResponse {
  const model = findTextModel(search.get('model') ?? '')
  const nonce = search.get('nonce') ?? ''
  if (!model?.privacy.startsWith('E2EE')) {
    throw new HttpError(400, 'model_not_attested', 'model must be a private text model.')
  }
  if (!/^[0-9a-fA-F]{64}$/.test(nonce)) {
    throw new HttpError(400, 'invalid_nonce', 'nonce must be 64 hex characters.')
  }
  const measurement = createHash('sha256').update(`${model.id}/${nonce}`).digest('hex')
  return jsonResponse(200, { model: model.id, nonce, attestation: { type: 'local-gateway', measurement } })
}
