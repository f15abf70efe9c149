import { encodeHeader } from '@bursar/core'
import { expect, it } from 'vitest'
import { challengeOf, offer } from '../../test/scripted-server.js'
import { ChallengeReader } from './challenge-reader.js'

const headerOf = (amount: string): string => encodeHeader(challengeOf([{ ...offer, amount }]))

it('understands what a server asks in the same words without reading it again', async () => {
  const reader = new ChallengeReader()
  const first = await reader.readHeader(headerOf('10000'))
  expect(await reader.readHeader(headerOf('10000'))).toBe(first)
})

it('reads another price anew, and that of before as it was', async () => {
  const reader = new ChallengeReader()
  const amountOf = async (amount: string) =>
    (await reader.readHeader(headerOf(amount))).offers[0]?.amountAtomic
  expect([await amountOf('1'), await amountOf('2'), await amountOf('1')]).toEqual([1n, 2n, 1n])
})

it('hands out nothing that a caller could change for the next one', async () => {
  const { offers } = await new ChallengeReader().readHeader(headerOf('10000'))
  const [first] = offers
  for (const part of [offers, first, first?.raw, first?.extra]) expect(Object.isFrozen(part)).toBe(true)
})

it('forgets the oldest of many, and keeps none that is large', async () => {
  const reader = new ChallengeReader()
  const oldest = await reader.readHeader(headerOf('1'))
  for (let amount = 2; amount <= 65; amount++) await reader.readHeader(headerOf(String(amount)))
  expect(await reader.readHeader(headerOf('1'))).not.toBe(oldest)
  const large = encodeHeader(challengeOf(Array.from({ length: 100 }, () => offer)))
  expect(await reader.readHeader(large)).not.toBe(await reader.readHeader(large))
})

it('reads a malformed one each time, and says so each time', async () => {
  const reader = new ChallengeReader()
  for (let time = 0; time < 2; time++)
    await expect(reader.readHeader('?')).rejects.toMatchObject({ code: 'header/malformed' })
})
