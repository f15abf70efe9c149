import { expect, it } from 'vitest'
import { EVM_KEY, newTerminal } from '../../test/terminal.js'

it('starts no server whose calls the webhook cannot be told of: its process would stay', async () => {
  const { bursar } = newTerminal({ env: { EVM_PRIVATE_KEY: EVM_KEY } })
  await bursar('policy', 'set', 'notify.url=https://a.example/hook')
  const limits = ['--max-amount', '0.5', '--limit', 'day=1']
  expect(await bursar('mcp', '--connect', 'no-such-program', ...limits)).toMatchObject({
    code: 2,
    err: expect.stringContaining('A webhook needs a file with its secret')
  })
})
