import { BursarError } from '@bursar/core'
import { expect, it } from 'vitest'
import { readAnswer, readAnswerObject } from './read-answer.js'

function brokenOff(error: Error): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"a":'))
      controller.error(error)
    }
  })
  return new Response(body)
}

it('reads an answer whole', async () => {
  expect(await readAnswer(new Response('text'))).toBe('text')
  expect(await readAnswerObject(Response.json({ a: 1 }))).toEqual({ a: 1 })
})

it('says of an answer that is cut off or is no object that it was paid for', async () => {
  const problem = { status: 502, moneyState: 'settled' }
  await expect(readAnswer(brokenOff(new TypeError('reset')))).rejects.toMatchObject(problem)
  await expect(readAnswerObject(new Response('[]'))).rejects.toMatchObject(problem)
})

it('leaves it to an error that knows where the money is to say so', async () => {
  const known = new BursarError('rpc/unavailable', {
    message: 'No endpoint answers.',
    context: { network: 'eip155:8453', endpoints: 1, reasons: [] },
    moneyState: 'unknown'
  })
  await expect(readAnswer(brokenOff(known))).rejects.toBe(known)
})
