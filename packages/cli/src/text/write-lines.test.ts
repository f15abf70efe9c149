import { describe, expect, it } from 'vitest'
import { writeLines } from './write-lines.js'

const line = `${'x'.repeat(99)}\n`

describe('lines of a list that is longer than memory', () => {
  it('are read on only once what was read is taken', async () => {
    let [isRead, taken] = [0, 0]
    async function* lines() {
      for (; isRead < 10_000; isRead++) yield line
    }
    const write = async (bytes: Uint8Array) => {
      await new Promise((resolve) => setImmediate(resolve))
      taken += bytes.length
      expect(isRead * line.length - taken).toBeLessThan(line.length)
    }
    expect(await writeLines({ write }, lines())).toBe(true)
    expect(taken).toBe(10_000 * line.length)
    expect(await writeLines({ write }, (async function* () {})())).toBe(false)
  })

  it('end where the program that reads them does, and fail with every other reason', async () => {
    let isRead = 0
    async function* lines() {
      for (; isRead < 10_000; isRead++) yield line
    }
    const failing = (code: string) => ({
      write: () => Promise.reject(Object.assign(new Error(code), { code }))
    })
    expect(await writeLines(failing('EPIPE'), lines())).toBe(true)
    expect(isRead).toBeLessThan(200)
    await expect(writeLines(failing('ENOSPC'), lines())).rejects.toThrow('ENOSPC')
  })
})
