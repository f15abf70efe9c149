import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { fundWallet, imageRequest, imageUrl, useStack } from './stack.js'

const stack = useStack()

/** Everything that a debugger or a logger would show of a value. */
function shown(value: unknown): string {
  const deep = inspect(value, {
    depth: 20,
    showHidden: true,
    getters: true,
    maxArrayLength: null,
    maxStringLength: null
  })
  const json = JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each)) ?? ''
  return deep + json + String(value)
}

it('nothing that a user can hold shows the key, a signature or a payment header', async () => {
  const { key, bursar } = await fundWallet(stack)
  const held: unknown[] = [bursar]
  bursar.on('*', (event) => held.push(event))
  const paid = await bursar.fetch(imageUrl(stack), imageRequest('leak'))
  held.push(paid, bursar.receiptOf(paid), await bursar.quote(imageUrl(stack), imageRequest('leak')))
  for (const fault of [
    'answer-lost-after-settling*9',
    'error-500-after-settling',
    'error-402-after-settling'
  ]) {
    const init = imageRequest(fault, { 'X-Gateway-Fault': fault })
    held.push(await bursar.fetch(imageUrl(stack), init).catch((error: unknown) => error))
  }
  const everything = held.map(shown).join('\n')
  expect(everything).not.toContain(key.slice(2))
  expect(everything).not.toContain(Buffer.from(key.slice(2), 'hex').toString('base64'))
  // A signature is 65 bytes of hex, a payment header the base64 of an object that holds one.
  expect(everything).not.toMatch(/0x[0-9a-fA-F]{130}/)
  expect(everything).not.toContain('c2lnbmF0dXJl')
})
