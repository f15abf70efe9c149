import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryLedger } from '@bursar/ledger'
import { newWebhookSecret } from '@bursar/webhook'
import { expect, it, onTestFinished } from 'vitest'
import { openLedgerNotifier } from './open-ledger-notifier.js'

it('says at its end what the looking for payments failed with, which ends no program before', async () => {
  const home = mkdtempSync(join(tmpdir(), 'bursar-notifier-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const secretFile = join(home, 'secret')
  writeFileSync(secretFile, newWebhookSecret(), { mode: 0o600 })
  const policy = { notify: { url: 'http://127.0.0.1:9/hook', secretFile } }
  writeFileSync(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 })
  const notifier = await openLedgerNotifier({ env: { BURSAR_HOME: home }, flagLayers: [], err() {} })
  const { status } = memoryLedger()
  const outstanding = () => Promise.reject(new RangeError('no such row'))
  notifier.begin({ status, outstanding }, new AbortController().signal)
  // Node tells of a rejection that nobody handles a turn later.
  await new Promise((resolve) => setTimeout(resolve, 20))
  await expect(notifier.close()).rejects.toThrow('no such row')
})
