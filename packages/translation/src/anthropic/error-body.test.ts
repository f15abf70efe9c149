import { expect, it } from 'vitest'
import { anthropicError } from './error-body.js'
import { messagesToChat } from './message-request.js'

it.each([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [422, 'invalid_request_error'],
  [429, 'rate_limit_error'],
  [500, 'api_error'],
  [529, 'api_error']
])('names the type of %i as Anthropic does', (status, type) => {
  expect(anthropicError({ status, code: 'any', message: 'x' })).toEqual({ type, message: 'x' })
})

it('C47: names a body that is too large by a type of its own, under any status', () => {
  const type = 'request_too_large'
  expect(anthropicError({ status: 400, code: type, message: 'x' })).toEqual({ type, message: 'x' })
})

it('C31: a conversation that is to be kept is refused so that the SDK sends the whole of it instead', () => {
  const thread = { type: 'continue', previous_message_id: 'msg_1' }
  const ask = () => messagesToChat({ model: 'm', max_tokens: 9, messages: [], thread })
  expect(ask).toThrow(expect.objectContaining({ code: 'thread_unsupported_request', status: 400 }))
  const problem = { status: 400, code: 'thread_unsupported_request', message: 'x' }
  expect(anthropicError(problem)).toEqual({
    type: 'invalid_request_error',
    message: 'x',
    details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] }
  })
})
