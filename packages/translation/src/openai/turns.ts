import type { JsonObject } from '@bursar/core'
import { asObjects, asText } from '../json-fields.js'

/** Puts messages of a chat together from items of Responses, where one turn of the model is several items. */
export class Turns {
  readonly #messages: JsonObject[] = []
  /** Of a turn whose message is still to come. */
  #reasoning = ''

  /** What the model thought before what comes next. */
  addReasoning(text: string): void {
    this.#reasoning = joined(this.#reasoning, text)
  }

  /** What the model said. */
  addAssistant(message: JsonObject): void {
    this.#messages.push({ ...message, ...this.#takeReasoning('') })
  }

  /** A tool call joins the turn that it belongs to. */
  addCall(call: JsonObject): void {
    const isSameTurn = this.#messages.at(-1)?.role === 'assistant'
    const turn = (isSameTurn ? this.#messages.pop() : undefined) ?? { role: 'assistant', content: null }
    const calls = [...asObjects(turn.tool_calls), call]
    this.#messages.push({
      ...turn,
      ...this.#takeReasoning(asText(turn.reasoning_content)),
      tool_calls: calls
    })
  }

  /** What is not the model's own. */
  addOther(message: JsonObject): void {
    this.#endTurn()
    this.#messages.push(message)
  }

  /** All messages. */
  end(): readonly JsonObject[] {
    this.#endTurn()
    return this.#messages
  }

  /** A turn of reasoning alone, such as one that was cut. */
  #endTurn(): void {
    if (this.#reasoning !== '') this.addAssistant({ role: 'assistant', content: '' })
  }

  #takeReasoning(earlier: string): JsonObject {
    const text = joined(earlier, this.#reasoning)
    this.#reasoning = ''
    return text === '' ? {} : { reasoning_content: text }
  }
}

function joined(a: string, b: string): string {
  return a === '' || b === '' ? a + b : `${a}\n\n${b}`
}
