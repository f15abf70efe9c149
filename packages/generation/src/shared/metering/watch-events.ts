/**
 * Hands a stream of events on as it comes. It ends only once its end is entered.
 *
 * @param look is shown the data of each event, and tells whether it is the last.
 * @param end is told, once, whether the stream came to its last event or its end; nobody may have read so far.
 */
export function watchEvents(
  body: ReadableStream<Uint8Array>,
  look: (data: string) => boolean,
  end: (isWhole: boolean) => Promise<void>
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  // Readers that know the last event leave with it.
  let isOver = false
  let ended: Promise<void> | undefined
  // Whoever leaves while a piece is on its way ends it twice.
  const endOnce = (isWhole: boolean): Promise<void> => (ended ??= end(isWhole))
  const note = (text: string): void => {
    const lines = (rest + text).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines)
      if (line.startsWith('data:')) isOver = look(line.slice('data:'.length).trim()) || isOver
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
        await endOnce(isOver)
        throw error
      }
      note('\n')
      await endOnce(true)
      controller.close()
    },
    async cancel(reason) {
      await endOnce(isOver)
      await reader.cancel(reason)
    }
  })
}
