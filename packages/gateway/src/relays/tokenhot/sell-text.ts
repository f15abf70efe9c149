import { nowSeconds } from '../../runtime.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { chatCompletion } from '../../texts/chat-completion.js'
import { openAiResponse } from '../../texts/openai-response.js'
import { replyTo } from '../../texts/reply.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import type { Form } from '../form.js'
import { debit } from '../new-api/accounts.js'
import { invalidRequest } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { costOf } from './price-list.js'

const MAX_TOKENS = 4096

/** `POST /v1/chat/completions`, at a flat price. */
export function sellChat({ runtime }: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const rejection = debit(account, costOf(model))
  const reply = replyTo(body, MAX_TOKENS)
  return rejection ?? jsonResponse(200, chatCompletion(runtime.newId(), nowSeconds(runtime), reply))
}

/** `POST /v1/responses`, at a flat price. */
export function sellResponse({ runtime }: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  const rejection = debit(account, costOf(model))
  const reply = replyTo(body, MAX_TOKENS)
  return rejection ?? jsonResponse(200, openAiResponse(runtime.newId(), nowSeconds(runtime), reply))
}

/** `POST /v1/audio/speech`. Nothing is spoken: the audio is a second of silence. */
export function sellSpeech(_: RelayContext, { account, model, body }: BilledCall): HttpResponse {
  if (typeof body.input !== 'string' || body.input === '') return invalidRequest('input is required')
  const rejection = debit(account, costOf(model))
  return rejection ?? { status: 200, headers: { 'content-type': 'audio/wav' }, body: silence() }
}

/** `POST /v1/audio/transcriptions` and `translations`. Nothing is transcribed: the text is the size of the file. */
export function sellTranscription(account: OpenRelayAccount, { fields, files }: Form): HttpResponse {
  const [file] = files
  if (!file) return invalidRequest('file is required')
  const rejection = debit(account, costOf(fields.model ?? ''))
  return rejection ?? jsonResponse(200, { text: `Audio of ${file.bytes.byteLength} bytes.` })
}

const SAMPLES_PER_SECOND = 8000

/** A WAV of one second. @see RIFF, WAVE: 8 bits, one channel, in which 128 is silence. */
function silence(): Uint8Array {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + SAMPLES_PER_SECOND, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(SAMPLES_PER_SECOND, 24)
  header.writeUInt32LE(SAMPLES_PER_SECOND, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(SAMPLES_PER_SECOND, 40)
  return Buffer.concat([header, Buffer.alloc(SAMPLES_PER_SECOND, 128)])
}
