import { describe, expect, it } from 'vitest'
import { BodyBuffer } from './body-buffer.js'

const source = { pause: () => {}, resume: () => {}, abort: () => {} }
const [a, b] = [Uint8Array.of(1), Uint8Array.of(2)]

describe('of a body whose beginning is put back, who has read it before', () => {
  it('gets nothing more, though it asks only then', async () => {
    const body = new BodyBuffer(source)
    const { reading } = body
    body.keep()
    body.push(a)
    expect(await body.next(reading)).toBe(a)
    body.push(b)
    body.restore()
    expect(await body.next(reading)).toBeUndefined()
    expect([await body.next(), await body.next()]).toEqual([a, b])
  })

  it('takes nothing that arrived at the same moment', async () => {
    const body = new BodyBuffer(source)
    const { reading } = body
    body.keep()
    body.push(a)
    const before = [body.next(reading), body.next(reading)]
    body.push(b)
    body.restore()
    expect(await Promise.all(before)).toEqual([a, undefined])
    expect([await body.next(), await body.next()]).toEqual([a, b])
  })

  it('does not keep who reads it then from being told of more', async () => {
    const body = new BodyBuffer(source)
    const before = body.next(body.reading)
    body.restore()
    const after = body.next()
    expect(await before).toBeUndefined()
    body.push(a)
    expect(await after).toBe(a)
  })
})
