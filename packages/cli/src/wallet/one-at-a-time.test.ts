import { expect, it } from 'vitest'
import type { AskOptions } from '../io.js'
import { oneAtATime } from './one-at-a-time.js'

it('asks one question after the other, also after one that nobody answered', async () => {
  const open: { question: string; options?: AskOptions; answer: (line: string) => void; fail: () => void }[] =
    []
  const ask = oneAtATime(
    (question, options) =>
      new Promise((answer, reject) =>
        open.push({
          question,
          ...(options && { options }),
          answer,
          fail: () => reject(new TypeError('no line'))
        })
      )
  )
  const answers = [ask('Pay 0.01?'), ask('Pay 5.00?', { isShown: true }), ask('Pay 1.00?')]
  const settled = Promise.allSettled(answers)
  await Promise.resolve()
  expect(open.map(({ question }) => question)).toEqual(['Pay 0.01?'])
  open[0]?.answer('y')
  await answers[0]
  await Promise.resolve()
  expect(open.map(({ question }) => question)).toEqual(['Pay 0.01?', 'Pay 5.00?'])
  expect(open[1]?.options).toEqual({ isShown: true })
  open[1]?.fail()
  await answers[1]?.catch(() => {})
  await new Promise(setImmediate)
  open[2]?.answer('n')
  expect(await settled).toMatchObject([{ value: 'y' }, { status: 'rejected' }, { value: 'n' }])
})
