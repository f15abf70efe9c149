import { BUY_ANEW, BursarError } from '@bursar/core'
import { expect, it } from 'vitest'
import { failureText } from './failure-text.js'

it('says what a model can do instead of an option of code', () => {
  const message = `It was paid. A new purchase is made only on purpose: ${BUY_ANEW}.`
  const reason = 'the disk is full'
  const text = failureText(
    new BursarError('ledger/unavailable', { message, context: { reason }, moneyState: 'settled' })
  )
  expect(text).toContain('only on purpose: by other arguments, such as another `purchase` of pay_url.')
  expect(text).not.toContain('again: true')
})
