import { expect, it } from 'vitest'
import { settingJson } from './setting-text.js'

it.each([
  ['postgres://u:s3cret@a.example/db', 'postgres://a.example/…'],
  ['postgres:///db?host=/tmp&password=s3cret', 'postgres:///…'],
  ['postgres://a.example', 'postgres://a.example'],
  ['C:\\data\\ledger.db', 'C:\\data\\ledger.db'],
  ['/data/ledger.db', '/data/ledger.db']
])('shows of the ledger %s no more than its host', (value, shown) => {
  const setting = { key: 'ledger', value, source: 'file', name: 'policy.json', others: [] } as const
  expect(settingJson(setting as never, undefined).value).toBe(shown)
})
