import { isJsonObject, type JsonObject } from '@bursar/core'
import { asObject, asObjects } from '../json-fields.js'
import { CompletionBuilder } from '../openai/completion-builder.js'
import { readWords, type Words } from '../openai/read-words.js'
import { begunMessage, chatToMessage, type MessageDetails } from './message.js'
import { blockEvents, deltaEvent, emptyBlock, messageEvent } from './message-event.js'
import { endEvents } from './message-stream.js'

/** The block that is being written. */
interface OpenBlock {
  readonly type: 'text' | 'thinking'
  readonly index: number
}

/**
 * Translates the chunks of a chat into the events of a stream of Messages as they come. Text and thinking go on at once. Calls
 * of tools go on when the chat has ended, since only then is it known whether the last of them was cut.
 */
export class LiveMessage {
  readonly #request: JsonObject
  readonly #details: MessageDetails
  readonly #builder = new CompletionBuilder()
  #isBegun = false
  #open: OpenBlock | undefined
  #blocks = 0
  #said = eachWord(() => '')

  constructor(request: JsonObject, details: MessageDetails) {
    this.#request = request
    this.#details = details
  }

  /** The events of the next chunk. */
  push(chunk: JsonObject): readonly string[] {
    this.#builder.add(chunk)
    const [choice] = asObjects(chunk.choices)
    const { reasoning, text, refusal } = this.#newWords(choice)
    return [
      ...this.#begin(),
      ...this.#write('thinking', reasoning),
      ...this.#write('text', text),
      ...this.#write('text', refusal)
    ]
  }

  /** A whole message at the end of a stream says again what was said before. */
  #newWords({ delta, message }: JsonObject = {}): Words {
    if (isJsonObject(delta) || !isJsonObject(message)) {
      const words = readWords(asObject(delta))
      this.#said = eachWord((name) => this.#said[name] + words[name])
      return words
    }
    const words = readWords(message)
    return eachWord((name) =>
      words[name].startsWith(this.#said[name]) ? words[name].slice(this.#said[name].length) : ''
    )
  }

  /** Whether the chat has said that it ended. */
  get isComplete(): boolean {
    return this.#builder.isComplete
  }

  /** The events with which the stream ends. */
  end(): readonly string[] {
    const message = this.message()
    const blocks = asObjects(message.content)
    const calls = blocks.filter(({ type }) => type === 'tool_use')
    return [
      ...this.#begin(),
      ...this.#cite(blocks.flatMap(({ citations }) => asObjects(citations))),
      ...this.#close(),
      ...calls.flatMap((call, at) => blockEvents(call, this.#blocks + at)),
      ...endEvents(message)
    ]
  }

  /** The answer, as it would have come whole. */
  message(): JsonObject {
    return chatToMessage(this.#builder.build(), this.#request, this.#details)
  }

  #begin(): readonly string[] {
    if (this.#isBegun) return []
    this.#isBegun = true
    return [messageEvent('message_start', { message: begunMessage(this.#request, this.#details) })]
  }

  #write(type: OpenBlock['type'], words: string): readonly string[] {
    if (words === '') return []
    const opened = this.#open?.type === type ? [] : [...this.#close(), this.#start(type)]
    const { index } = this.#open ?? { index: this.#blocks }
    const delta =
      type === 'text' ? { type: 'text_delta', text: words } : { type: 'thinking_delta', thinking: words }
    return [...opened, deltaEvent(index, delta)]
  }

  #start(type: OpenBlock['type']): string {
    const index = this.#blocks++
    this.#open = { type, index }
    return messageEvent('content_block_start', { index, content_block: emptyBlock({ type }) })
  }

  #cite(citations: readonly JsonObject[]): readonly string[] {
    const open = this.#open
    if (open?.type !== 'text') return []
    return citations.map((citation) => deltaEvent(open.index, { type: 'citations_delta', citation }))
  }

  #close(): readonly string[] {
    if (!this.#open) return []
    const { type, index } = this.#open
    this.#open = undefined
    const signed = type === 'thinking' ? [deltaEvent(index, { type: 'signature_delta', signature: '' })] : []
    return [...signed, messageEvent('content_block_stop', { index })]
  }
}

function eachWord(wordOf: (name: keyof Words) => string): Words {
  return { text: wordOf('text'), reasoning: wordOf('reasoning'), refusal: wordOf('refusal') }
}
