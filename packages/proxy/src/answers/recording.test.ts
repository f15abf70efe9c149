import { expect, it } from 'vitest'
import { Recording } from './recording.js'

async function textOf(recording: Recording): Promise<string> {
  let text = ''
  for await (const chunk of recording.read()) text += new TextDecoder().decode(chunk)
  return text
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

it('a recording is read from its beginning by all, while it arrives and after', async () => {
  const recording = new Recording()
  const readers = Array.from({ length: 20 }, () => textOf(recording))
  const head = recording.head()
  recording.begin({ status: 200, headers: {} })
  recording.write(bytes('one '))
  const late = textOf(recording)
  recording.write(bytes('two'))
  recording.end()
  expect(await head).toEqual({ status: 200, headers: {} })
  expect(new Set(await Promise.all([...readers, late, textOf(recording)]))).toEqual(new Set(['one two']))
  expect(recording.byteLength).toBe(7)
})

it('a recording that fails gives its readers what came before, and then the error, once', async () => {
  const recording = new Recording()
  recording.begin({ status: 200, headers: {} })
  recording.write(bytes('half'))
  recording.end(new RangeError('cut'))
  recording.end(new RangeError('later'))
  const chunks: string[] = []
  const read = async (): Promise<void> => {
    for await (const chunk of recording.read()) chunks.push(new TextDecoder().decode(chunk))
  }
  await expect(read()).rejects.toThrow('cut')
  expect(chunks).toEqual(['half'])
  expect(await recording.head()).toMatchObject({ status: 200 })
})

it('a recording that fails without a head has no head', async () => {
  const recording = new Recording()
  const head = recording.head()
  recording.end(new RangeError('cut'))
  await expect(head).rejects.toThrow('cut')
})

/** A reader that takes one chunk at a time. */
const readerOf = (recording: Recording) => recording.read()[Symbol.asyncIterator]()

it('a recording that is larger than is kept goes on for its readers, as fast as the slowest, and for nobody else', async () => {
  const recording = new Recording()
  recording.begin({ status: 200, headers: {} })
  const [fast, slow] = [readerOf(recording), readerOf(recording)]
  const firsts = [fast.next(), slow.next()]
  const gone = new RangeError('gone')
  let written = 0
  const writing = (async () => {
    for (; written < 20; written++) {
      recording.write(bytes('four'))
      await recording.makeRoom(8, gone)
    }
    recording.end()
  })()
  await Promise.all(firsts)
  for (let count = 0; count < 2; count++) await fast.next()
  await new Promise((resolve) => setImmediate(resolve))
  expect([written, recording.byteLength]).toEqual([2, 12])
  await expect(textOf(recording)).rejects.toBe(gone)
  await expect(recording.head()).rejects.toBe(gone)
  const rest = async (reader: typeof fast): Promise<number> => {
    let length = 0
    for (let each = await reader.next(); !each.done; each = await reader.next()) length += each.value.length
    return length
  }
  expect(await Promise.all([rest(fast), rest(slow)])).toEqual([80 - 12, 80 - 4])
  await writing
  expect(recording.byteLength).toBe(0)
})

it('a recording that is larger than is kept ends when nobody reads it any more', async () => {
  const recording = new Recording()
  const reader = readerOf(recording)
  recording.write(bytes('much'))
  await reader.next()
  const gone = new RangeError('gone')
  recording.write(bytes('more'))
  recording.write(bytes('more'))
  const room = recording.makeRoom(7, gone)
  await reader.return(undefined)
  await expect(room).rejects.toBe(gone)
})
