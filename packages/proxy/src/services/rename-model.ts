import { isJsonObject, type JsonObject, parseJsonObject } from '@bursar/core'

/** The name of the model in an answer that a service wrote becomes that by which the client asked for it. */
export async function renameModel(response: Response, name: string): Promise<Response> {
  const { status, headers, body } = response
  const type = headers.get('content-type') ?? ''
  if (/^text\/event-stream\b/i.test(type) && body)
    return new Response(body.pipeThrough(renamedEvents(name)), { status, headers })
  if (!/\bjson\b/i.test(type)) return response
  const text = await response.text()
  const answer = parseJsonObject(text)
  return new Response(answer ? JSON.stringify(renamed(answer, name)) : text, { status, headers })
}

/** Where an event has the model's name: itself, in its message, or in its response. */
function renamed(event: JsonObject, name: string): JsonObject {
  const own = typeof event.model === 'string' ? { model: name } : {}
  const { message, response } = event
  return {
    ...event,
    ...own,
    ...(isJsonObject(message) ? { message: renamed(message, name) } : {}),
    ...(isJsonObject(response) ? { response: renamed(response, name) } : {})
  }
}

function renamedEvents(name: string): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ''
  const line = (text: string): string => {
    const event =
      text.startsWith('data:') && text.includes('"model"') ? parseJsonObject(text.slice(5)) : undefined
    return event ? `data: ${JSON.stringify(renamed(event, name))}` : text
  }
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (lines.length > 0) controller.enqueue(encoder.encode(`${lines.map(line).join('\n')}\n`))
    },
    flush(controller) {
      if (rest !== '') controller.enqueue(encoder.encode(line(rest)))
    }
  })
}
