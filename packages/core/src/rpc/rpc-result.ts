import { isJsonObject } from '../wire/json.js'

/**
 * Takes the result out of a node's answer.
 *
 * @throws {TypeError} when there is none. The node's own `code`, `details` and `data` are kept for code that has to distinguish a
 * revert; errors that reach a user never show them.
 * @see JSON-RPC 2.0, section 5
 */
export function readRpcResult(answer: unknown): unknown {
  if (!isJsonObject(answer)) throw new TypeError('The RPC node did not answer in JSON-RPC')
  if (isJsonObject(answer.error)) {
    const { code, message, data } = answer.error
    throw Object.assign(new TypeError('The RPC node answered with an error'), {
      code,
      details: message,
      data
    })
  }
  if (answer.result === undefined) throw new TypeError('The RPC node did not answer in JSON-RPC')
  return answer.result
}
