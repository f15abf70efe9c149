import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { warnWhileRestored } from './warn-while-restored.js'

it('says why a record that was restored still pays nothing after it was compared, and nothing of another', async () => {
  const said: string[] = []
  const warn = (text: string): void => void said.push(text)
  const ledger = memoryLedger()
  await warnWhileRestored({ warn }, ledger)
  expect(said).toEqual([])
  const status = async () => ({ ...(await ledger.status()), restored: { reason: 'a test' } })
  await warnWhileRestored({ warn }, { status })
  expect(said).toEqual([expect.stringContaining('leave out --network, --testnet and --days')])
})
