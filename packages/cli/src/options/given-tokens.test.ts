import { expect, it } from 'vitest'
import { UsageError } from '../usage-error.js'
import { connectToken } from './given-tokens.js'

it('a token for a paid server is taken as its file ends, and one that no header can hold is refused and not shown', () => {
  expect(connectToken({ BURSAR_CONNECT_TOKEN: 'of-the-operator\r\n' })).toBe('of-the-operator')
  expect(connectToken({ BURSAR_CONNECT_TOKEN: ' \n' })).toBeUndefined()
  expect(connectToken({})).toBeUndefined()
  for (const token of ['secret\nof two lines', 'sécret', 'secret\u0000'])
    try {
      connectToken({ BURSAR_CONNECT_TOKEN: token })
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError)
      expect(String(error)).not.toMatch(/cret/)
    }
})
