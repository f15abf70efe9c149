import { renderReport } from '@bursar/dashboard'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { buy, fillLedger, movableClock, secrets } from './dashboard-ledger.js'

it('P52: a report is one file that has the data in it, no script, nothing from elsewhere and no secret', async () => {
  const clock = movableClock()
  const ledger = memoryLedger({ clock })
  await fillLedger(ledger, clock)
  const html = await renderReport({ ledger, clock, limits: () => ({ payment: '0.25', day: '5' }) })
  for (const text of [
    'Spend by day',
    'gpt-image-2',
    'illustrator',
    'kat.imgnai.com',
    'Test money',
    'undelivered'
  ])
    expect(html).toContain(text)
  expect(html).not.toMatch(
    /<script|\son\w+=|javascript:|style="|<link|<img|<iframe|https?:\/\/(?!www\.w3\.org)/i
  )
  expect(html).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/)
  for (const secret of Object.values(secrets)) expect(html).not.toContain(secret)
})

it('what a server or a caller chose is text in a report, whatever it looks like', async () => {
  const ledger = memoryLedger()
  const hostile = `</style></script><script>alert(1)</script><img src=x onerror=alert(1)> " ' & \u202egnp.exe`
  const labels = { model: hostile, agent: hostile }
  const sale = { id: '1', host: 'a.example', path: `/${hostile}`, cost: 5n, labels }
  await buy(ledger, sale, 'settled', 'failed')
  await ledger.noteJob({ job: hostile, origin: 'https://a.example', labels })
  await ledger.freeze(hostile)
  const html = await renderReport({ ledger })
  expect(html).toContain('&lt;script')
  expect(html).not.toMatch(/<script|<img|<\/style><\/script>/)
  expect(html.match(/<\/style>/g)).toHaveLength(1)
  expect(html).not.toContain('\u202e')
})

it('a report of an empty ledger says so', async () => {
  const html = await renderReport({ ledger: memoryLedger() })
  expect(html).toContain('Nothing was spent in this time.')
  expect(html).toContain('Nothing is in flight, and everything that was paid was answered.')
})
