import { expect, it } from 'vitest'
import { startBase } from './index.js'
import { startSolana } from './solana.js'

it.each([
  [{ blockTime: 1 }, 'blockTime is not an option; did you mean blockTimeSeconds?'],
  [{ port: 70_000 }, 'port must be a whole number from 0 to 65535, not 70000'],
  [{ forkUrl: 'base' }, "forkUrl must be a URL, such as 'https://example.com' (its value is not shown)"]
])('P25: a local Base that is started with %o is not started', async (options, message) => {
  await expect(startBase(options as object)).rejects.toEqual(new TypeError(message))
})

it.each([
  [{ slotTime: 1 }, 'slotTime is not an option; did you mean slotTimeMs?'],
  [{ engine: 'validator' }, "engine must be 'surfpool' or 'litesvm', not \"validator\""]
])('P25: a local Solana that is started with %o is not started', async (options, message) => {
  await expect(startSolana(options as object)).rejects.toEqual(new TypeError(message))
})
