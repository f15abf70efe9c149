import { expect, it } from 'vitest'
import { serverWords } from './short-text.js'

it('what a server says keeps hashes, addresses and names, and nothing of a signature or a header that it repeats', () => {
  const hash = `0x${'ab'.repeat(32)}`
  const solana = '5'.repeat(88)
  expect(serverWords(`${hash} by ${solana} reverted`)).toBe(`${hash} by ${solana} reverted`)
  const signature = `0x${'cd'.repeat(65)}`
  const header = btoa(JSON.stringify({ payload: { signature } }))
  const slashes = '/+9a'.repeat(40)
  const escaped = [
    slashes.replaceAll('/', '\\/'),
    slashes.replaceAll('+', '\\u002B'),
    slashes.replaceAll('+', '\\\\u002B').replaceAll('/', '\\\\\\/'),
    slashes.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;'),
    slashes.replaceAll('+', '\\u0026#x2B;'),
    encodeURIComponent(slashes),
    encodeURIComponent(encodeURIComponent(slashes))
  ]
  for (const secret of [signature, signature.slice(2), header, header.replaceAll('=', ''), ...escaped])
    expect(serverWords(`bad "${secret}", said\nthe server`)).toBe('bad "…", said the server')
  expect(serverWords(`no ${header}`, 3)).toBe('no…')
  expect(serverWords(3)).toBeUndefined()
})
