import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openImageReader } from './read-image.js'

const PNG = new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
const MIB = 1024 * 1024

/** A picture of so many bytes. */
function picture(byteLength: number): Response {
  const bytes = new Uint8Array(byteLength)
  bytes.set(PNG)
  return new Response(bytes)
}

/** Reads images of one answer, and counts how many are asked for in all and at once. */
function readerOf(answer: (index: number) => Response) {
  const asked = { inAll: 0, atOnce: 0, most: 0 }
  const read = openImageReader({
    service: new URL('https://shop.example'),
    async fetch() {
      const index = asked.inAll++
      asked.most = Math.max(asked.most, ++asked.atOnce)
      await sleep(2)
      asked.atOnce--
      return answer(index)
    }
  })
  const readAll = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        read({
          requestId: 'r',
          asset: { item: 0, index, kind: 'image', url: `https://shop.example/${index}.png`, tags: [] }
        })
      )
    )
  return { asked, readAll }
}

it('reads a few images of an answer at once, however many the service made', async () => {
  const { asked, readAll } = readerOf(() => picture(100))
  const images = await readAll(30)
  expect(images.map(({ byteLength }) => byteLength)).toEqual(Array.from({ length: 30 }, () => 100))
  expect(asked).toMatchObject({ inAll: 30, most: 4 })
})

it('holds the images of an answer together to one bound, and asks for no more behind it', async () => {
  const { asked, readAll } = readerOf(() => picture(40 * MIB))
  await expect(readAll(100)).rejects.toMatchObject({
    code: 'asset/mismatch',
    moneyState: 'settled',
    message: expect.stringContaining('larger than is held in memory')
  })
  await sleep(50)
  expect(asked.inAll).toBeLessThanOrEqual(8)
})

it('asks for no more images of an answer once one could not be had', async () => {
  const { asked, readAll } = readerOf((index) =>
    index === 1 ? new Response('', { status: 404 }) : picture(9)
  )
  await expect(readAll(100)).rejects.toMatchObject({ code: 'asset/unavailable', moneyState: 'settled' })
  await sleep(50)
  expect(asked.inAll).toBeLessThanOrEqual(8)
})
