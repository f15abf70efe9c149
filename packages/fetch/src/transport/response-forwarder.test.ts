import type { Dispatcher } from 'undici'
import { describe, expect, it } from 'vitest'
import { ResponseForwarder } from './response-forwarder.js'

/** An answer whose body goes on, and what becomes of its source. */
function endlessResponse() {
  const source = { isCancelled: false }
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Uint8Array.of(1)),
    cancel() {
      source.isCancelled = true
    }
  })
  return { response: new Response(body), source }
}

/** Forwards to a handler that takes the first chunk as given. */
async function forwardTo(onData: (controller: Dispatcher.DispatchController) => void) {
  const { response, source } = endlessResponse()
  const errors: Error[] = []
  const forwarder = new ResponseForwarder({
    onResponseData: onData,
    onResponseError: (_, error) => void errors.push(error)
  })
  await forwarder.forward(response)
  return { errors, source }
}

describe('what forwards an answer to a handler of undici', () => {
  it('ends, and lets go of the body, when the handler has paused and aborts', async () => {
    const { errors, source } = await forwardTo((controller) => {
      controller.pause()
      setImmediate(() => controller.abort(new Error('enough')))
    })
    expect(errors.map(({ message }) => message)).toEqual(['enough'])
    expect(source.isCancelled).toBe(true)
  })

  it('lets go of the body when the handler fails', async () => {
    const { errors, source } = await forwardTo(() => {
      throw new Error('no room')
    })
    expect(errors.map(({ message }) => message)).toEqual(['no room'])
    expect(source.isCancelled).toBe(true)
  })
})
