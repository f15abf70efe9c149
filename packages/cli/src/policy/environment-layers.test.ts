import { expect, it } from 'vitest'
import { environmentLayers } from './environment-layers.js'

it('takes a variable that is empty for one that is not set', () => {
  const names = [
    'SET',
    'RATES',
    'LEDGER',
    'NOTIFY_URL',
    'NOTIFY_SECRET_FILE',
    'NOTIFY_EVENTS',
    'TOPUP',
    'NETWORK'
  ]
  expect(environmentLayers(Object.fromEntries(names.map((name) => [`BURSAR_${name}`, ''])))).toEqual([])
})
