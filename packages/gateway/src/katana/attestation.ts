import { createHash } from 'node:crypto'
import { type Answer, HttpProblem, jsonAnswer } from '../server/answer.js'
import { findTextModel } from './catalogue.js'

/**
 * Katana 90 and 91: a private model's proof that it runs in confidential computing. Katana does not document its shape;
 * this one repeats the nonce and holds a measurement that proves nothing.
 *
 * @throws {HttpProblem} 400
 */
export function attest(search: URLSearchParams): Answer {
  const model = findTextModel(search.get('model') ?? '')
  const nonce = search.get('nonce') ?? ''
  if (!model?.privacy.startsWith('E2EE')) {
    throw new HttpProblem(400, 'model_not_attested', 'model must be a private text model.')
  }
  if (!/^[0-9a-fA-F]{64}$/.test(nonce)) {
    throw new HttpProblem(400, 'invalid_nonce', 'nonce must be 64 hex characters.')
  }
  const measurement = createHash('sha256').update(`${model.id}/${nonce}`).digest('hex')
  return jsonAnswer(200, { model: model.id, nonce, attestation: { type: 'local-gateway', measurement } })
}
