import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { preview } from './preview.js'

const bytes = new Uint8Array(10_000).map((_, index) => index % 256)

/** What a terminal is sent for an image. */
function sequencesFor(env: Record<string, string>, name = 'a.png', isTerminal = true): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-preview-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, bytes)
  let shown = ''
  const err = (text: string): void => {
    shown += text
  }
  const io = { env, out: () => {}, write: async () => {}, err }
  preview(isTerminal ? { ...io, ask: async () => '' } : io, path)
  return shown
}

it('shows an image in kitty, in chunks that it takes, and whole', () => {
  const chunks = sequencesFor({ TERM: 'xterm-kitty' })
    .trimEnd()
    .split('\u001B\\')
    .filter((chunk) => chunk !== '')
  expect(chunks[0]?.startsWith('\u001B_Ga=T,f=100,r=20,m=1;')).toBe(true)
  expect(chunks.at(-1)?.startsWith('\u001B_Gm=0;')).toBe(true)
  for (const chunk of chunks) expect(chunk.split(';')[1]?.length).toBeLessThanOrEqual(4096)
  const data = chunks.map((chunk) => chunk.split(';')[1]).join('')
  expect(new Uint8Array(Buffer.from(data, 'base64'))).toEqual(bytes)
})

it('shows an image in iTerm2, whole', () => {
  const [head = '', data = ''] = sequencesFor({ TERM_PROGRAM: 'iTerm.app' }).split(':')
  expect(head.startsWith('\u001B]1337;File=')).toBe(true)
  expect(head).toContain(';inline=1;')
  expect(data.endsWith('\u0007\n')).toBe(true)
  expect(new Uint8Array(Buffer.from(data.slice(0, -2), 'base64'))).toEqual(bytes)
})

it('shows nothing where there is no such terminal, or what it does not take', () => {
  expect(sequencesFor({ TERM: 'xterm-256color' })).toBe('')
  expect(sequencesFor({ TERM: 'xterm-kitty' }, 'a.png', false)).toBe('')
  expect(sequencesFor({ TERM: 'xterm-kitty' }, 'a.mp4')).toBe('')
  expect(sequencesFor({ TERM_PROGRAM: 'iTerm.app' }, 'a.png', false)).toBe('')
})

it('reads no video, and fails for no file: what was paid for is saved all the same', () => {
  expect(sequencesFor({ TERM_PROGRAM: 'iTerm.app' }, 'a.mp4')).toBe('')
  let shown = ''
  const io = { env: { TERM_PROGRAM: 'WezTerm' }, out: () => {}, write: async () => {}, ask: async () => '' }
  const err = (text: string): void => {
    shown += text
  }
  preview({ ...io, err }, '/nowhere/a.png')
  expect(shown).toBe('')
})
