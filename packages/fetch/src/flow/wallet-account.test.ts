import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, type Script, serve } from '../../test/scripted-server.js'

/** Takes every payment, and loses its answer. */
const losing: Script = (arrival, response) =>
  arrival.payment === undefined ? challenge(response) : void response.socket?.destroy()

const settledLost = { code: 'payment/settled-answer-lost', moneyState: 'settled' }

describe('M14: what a wallet has paid is resumed by it', () => {
  it('also where it names another account than before', async () => {
    const server = await serve(losing)
    const { bursar, payer } = paying()
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(`${server.url}/first`))).toMatchObject(settledLost)
    payer.account = `0x${'3'.repeat(40)}`
    for (let time = 0; time < 3; time++)
      expect(await rejection(bursar.fetch(`${server.url}/second`))).toMatchObject(settledLost)
    expect(payer.signed).toHaveLength(2)
  })

  it('also where it named none when it was asked first', async () => {
    const server = await serve(losing)
    const ledger = memoryLedger()
    const { bursar, payer } = paying({ ledger })
    payer.status = 'settled'
    expect(await rejection(bursar.fetch(server.url))).toMatchObject(settledLost)
    const address = payer.address.bind(payer)
    let asked = 0
    const again = paying({ ledger })
    again.payer.status = 'settled'
    again.payer.address = async () => {
      asked++
      if (asked === 1) throw new Error('The wallet is not connected')
      return address()
    }
    expect(await rejection(again.bursar.fetch(server.url))).toMatchObject(settledLost)
    expect(asked).toBe(1)
    expect(again.payer.signed).toHaveLength(0)
  })
})
