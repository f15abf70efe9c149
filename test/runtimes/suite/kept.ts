import { bursarErrorOf } from 'bursar'
import { createKatana } from 'bursar/katana'
import { type Check, failsUnpaid, open, same, settled } from './check.js'

/** What is kept. */
export const kept: readonly Check[] = [
  {
    feature: 'a ledger whose limits outlive the program or page',
    statements: 'P32, P35, P36',
    needsKeptLedger: true,
    async run(run) {
      const openKept = () =>
        open(run, { ledger: run.keptLedger?.(), limits: { payment: '0.01', total: '0.015' } })
      const url = `${run.world.gatewayUrl}/standard/v2/report`
      const first = openKept()
      same('the status', (await first.fetch(url)).status, 200)
      await first.close()
      const second = openKept()
      const states: string[] = []
      for await (const { state } of second.history()) states.push(state)
      same('the record', states.join(' '), 'settled')
      await failsUnpaid(second.fetch(`${url}?another`), 'offer/over-limit')
      await second.close()
      await settled(run, 'Base')
    }
  },
  {
    feature: 'downloads into a folder',
    statements: 'P32',
    needsFiles: true,
    async run(run) {
      const katana = createKatana(run.bursar, { baseUrl: run.world.gatewayUrl })
      const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
      const [saved] = await job.save(run.world.folder)
      same('the file', saved?.path.startsWith(run.world.folder), true)
      await settled(run, 'Base')
    }
  },
  {
    feature: 'encrypted keys in files',
    statements: 'P32',
    needsFiles: true,
    async run(run) {
      const { KeyStore, formatKey, parseKey } = await import('@bursar/keystore')
      const folder = `${run.world.folder}/keys`
      await new KeyStore(folder).add('main', await parseKey(run.wallet.evm), 'a passphrase')
      const store = new KeyStore(folder)
      const wrong = await store.open('main', 'another', 'evm').catch(bursarErrorOf)
      same('the code', 'code' in Object(wrong) ? Object(wrong).code : undefined, 'key/passphrase-wrong')
      const [key] = await store.open('main', 'a passphrase', 'evm')
      if (!key) throw new TypeError('The key is not there')
      const bursar = open(run, { evm: formatKey(key) })
      same('the status', (await bursar.fetch(`${run.world.gatewayUrl}/standard/v2/report`)).status, 200)
      await bursar.close()
      await settled(run, 'Base')
    }
  }
]
