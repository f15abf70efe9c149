import { expect, it } from 'vitest'
import { anthropicErrorType } from './error-type.js'

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
  expect(anthropicErrorType(status, 'any')).toBe(type)
})

it('C47: names a body that is too large by a type of its own, under any status', () => {
  expect(anthropicErrorType(400, 'request_too_large')).toBe('request_too_large')
})
