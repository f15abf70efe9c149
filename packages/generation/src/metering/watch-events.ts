import type { Usage } from './usage.js'

/**
 * Hands a stream of events on as it comes, and tells at its end what it used. The stream ends only once that is
 * entered, and one that nobody reads to its end has told nothing.
 *
 * @param look is shown the data of each event, and tells the usage so far.
 */
export function watchEvents(
  body: ReadableStream<Uint8Array>,
  look: (data: string) => Usage | undefined,
  end: (usage: Usage | undefined) => Promise<void>
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let usage: Usage | undefined
  const note = (text: string): void => {
    const lines = (rest + text).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) usage = look(line.slice(5).trim()) ?? usage
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (!done) {
          note(decoder.decode(value, { stream: true }))
          return controller.enqueue(value)
        }
      } catch (error) {
        await end(undefined)
        throw error
      }
      note('\n')
      await end(usage)
      controller.close()
    },
    async cancel(reason) {
      await end(undefined)
      await reader.cancel(reason)
    }
  })
}
