import { systemClock } from '@bursar/core'
import { expect, it, onTestFinished, vi } from 'vitest'
import { defaultLedger } from './default-ledger-deno.js'

/** What Deno throws. Another name of an error is not of permissions. */
class NotCapable extends Error {
  override readonly name = 'NotCapable'
}

function envThatThrows(error: Error): void {
  onTestFinished(() => void vi.unstubAllGlobals())
  const process_ = new Proxy(process, {
    get: (target, name) => {
      if (name === 'env') throw error
      return Reflect.get(target, name)
    }
  })
  vi.stubGlobal('process', process_)
}

it('P36: names the permissions that the file needs where Deno has not given one', () => {
  envThatThrows(new NotCapable('Requires env access to "BURSAR_HOME", run again with the --allow-env flag'))
  expect(() => defaultLedger(systemClock, undefined)).toThrow(
    expect.objectContaining({
      code: 'ledger/unavailable',
      moneyState: 'none',
      message: expect.stringMatching(/"BURSAR_HOME".*--allow-env --allow-read --allow-write; ledger/)
    })
  )
})

it('throws everything else as it is', () => {
  envThatThrows(new RangeError('of another kind'))
  expect(() => defaultLedger(systemClock, undefined)).toThrow(RangeError)
})
