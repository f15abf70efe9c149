import { atomicUsdc, BASE, type BalanceWatch, type WatchedBalance } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { RecordingPayer } from '../../test/recording-payer.js'
import { StoppedClock } from '../../test/stopped-clock.js'
import type { BursarEvent } from '../events.js'
import { LowBalances } from './low-balances.js'

const wallet: WatchedBalance = { network: BASE, account: '0xa' }
const prepaid: WatchedBalance = { ...wallet, host: 'shop.example' }

function watching(ledger = memoryLedger(), clock = new StoppedClock()) {
  const told: BursarEvent[] = []
  const held = { usdc: '9', reads: 0 }
  const payer = new RecordingPayer()
  const watch = new LowBalances(
    { wallet: '5', prepaid: '1' },
    { clock, ledger, payerOf: async () => payer, emit: (make) => told.push(make()) }
  )
  const read = async () => {
    held.reads++
    return usdc(held.usdc)
  }
  /** Pays, and lets so many seconds pass, at each of which what waits is done. */
  const spend = async (amount: string | undefined, seconds = 3) => {
    const amountAtomic = amount === undefined ? {} : { amountAtomic: usdc(amount) }
    watch.spent(amount === undefined ? prepaid : wallet, { ...amountAtomic, read })
    for (let second = 0; second < seconds; second++) {
      clock.advance(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { watch, clock, told, held, spend }
}

const usdc = (text: string) => atomicUsdc(BigInt(Math.round(Number(text) * 1_000_000)))
const amounts = (told: readonly BursarEvent[]) => told.map(({ amount }) => amount)
const see = (watch: BalanceWatch, ...balances: string[]) => {
  for (const balance of balances) watch.saw(wallet, usdc(balance))
}

describe('a balance that is read anyway', () => {
  it('is told once when it falls, and again only after it was above the amount', () => {
    const { watch, told, clock } = watching()
    see(watch, '9', '5', '4.99', '4', '0', '5', '4.5')
    expect(amounts(told)).toEqual(['4.99', '4.5'])
    expect(told[0]).toEqual({
      ...{ type: 'balance-low', atMs: clock.nowMs(), network: BASE, account: '0xa' },
      ...{ amount: '4.99', symbol: 'USDC', below: '5' }
    })
  })

  it('is held to the amount of its kind, wallets and services apart', () => {
    const { watch, told } = watching()
    watch.saw(prepaid, usdc('4'))
    watch.saw(wallet, usdc('4'))
    watch.saw(prepaid, usdc('0.5'))
    expect(told.map(({ host, below }) => [host, below])).toEqual([
      [undefined, '5'],
      ['shop.example', '1']
    ])
  })

  it('did not fall where it never held anything', () => {
    const { watch, told } = watching()
    see(watch, '0', '0')
    expect(told).toEqual([])
  })

  it('is told by one of the bursars that share a ledger', () => {
    const ledger = memoryLedger()
    const [one, other] = [watching(ledger), watching(ledger)]
    see(one.watch, '4')
    see(other.watch, '3')
    expect([one.told.length, other.told.length]).toEqual([1, 0])
  })
})

describe('a payment', () => {
  it('has the balance read, and is told below the amount', async () => {
    const { held, told, spend } = watching()
    held.usdc = '4'
    await spend('1')
    expect([amounts(told), held.reads]).toEqual([['4'], 1])
  })

  it('reads nothing while what was read lately surely suffices, and reads once for many at a time', async () => {
    const { held, told, spend } = watching()
    await spend('1')
    for (let count = 0; count < 4; count++) await spend('1')
    expect([held.reads, told.length]).toEqual([1, 0])
    held.usdc = '4.5'
    await Promise.all([spend('0.5'), spend('0.5'), spend('0.5')])
    expect([held.reads, amounts(told)]).toEqual([2, ['4.5']])
  })

  it('reads a low balance no more than once a minute, until it is above the amount', async () => {
    const { held, told, spend } = watching()
    held.usdc = '4'
    for (let count = 0; count < 10; count++) await spend('0.1', 3)
    expect([held.reads, told.length]).toEqual([1, 1])
    held.usdc = '9'
    await spend('0.1', 40)
    await spend('0.1')
    held.usdc = '3'
    await spend('7', 3)
    expect(amounts(told)).toEqual(['4', '3'])
  })

  it('of an amount that nobody knows yet is looked at within seconds, also when none comes after it', async () => {
    const { held, told, spend } = watching()
    held.usdc = '2'
    await spend(undefined)
    held.usdc = '0.4'
    await spend(undefined, 5)
    expect([held.reads, told.length]).toEqual([1, 0])
    await spend(undefined, 6)
    expect([held.reads, amounts(told)]).toEqual([2, ['0.4']])
  })

  it('whose balance cannot be read is told of after a later one', async () => {
    const { watch, clock, told, spend, held } = watching()
    const read = async () => Promise.reject(new TypeError('down'))
    watch.spent(wallet, { read })
    clock.advance(2_000)
    await new Promise((resolve) => setImmediate(resolve))
    held.usdc = '1'
    await spend('1')
    expect(amounts(told)).toEqual(['1'])
  })

  it('is looked at no more once the bursar is closed', async () => {
    const { watch, held, spend } = watching()
    watch.stop()
    await spend('1')
    expect(held.reads).toBe(0)
  })
})
