import { expect, it } from 'vitest'
import { AnswerFiles } from '../files/answer-files.js'
import { showAnswer } from './show-answer.js'

/** Files that cannot be kept. */
class FullFiles extends AnswerFiles {
  override async keep(): Promise<never> {
    throw new RangeError('the disk is full')
  }
}

it.each([
  ['a picture', 'image/png', 1],
  ['a long text', 'text/plain', 300_000]
])('lets go of %s that cannot be kept, and so of its connection', async (_, type, length) => {
  let isLeft = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(length)),
    cancel() {
      isLeft = true
    }
  })
  const answer = new Response(body, { headers: { 'content-type': type } })
  const shown = showAnswer(answer, { files: new FullFiles(), isPaid: true })
  await expect(shown).rejects.toThrow('the disk is full')
  await expect.poll(() => isLeft).toBe(true)
})
