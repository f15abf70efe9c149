import { bursarErrorOf } from '@bursar/core'
import { expect, it, onTestFinished, vi } from 'vitest'
import { startAnvil } from './anvil-process.js'

it('says of a chain whose program cannot begin that it cannot be used, and why', async () => {
  vi.stubEnv('PATH', '/nowhere')
  onTestFinished(() => void vi.unstubAllEnvs())
  const error = await startAnvil([]).catch((thrown: unknown) => thrown)
  expect(bursarErrorOf(error, 'chain/unavailable')?.message).toMatch(/anvil did not start: .*ENOENT/)
}, 60_000)
