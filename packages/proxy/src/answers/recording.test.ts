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
