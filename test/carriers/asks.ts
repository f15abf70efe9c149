import type { Ask } from './service.js'

/** The model of texts that Katana and Venice both have. */
export const MODEL = 'qwen3-6-flash'
/** What is asked. */
export const messages = [{ role: 'user', content: 'Hi' }]

/** A request with a body of JSON. */
export function post(path: string, body: object): Ask {
  return { path, body: JSON.stringify(body) }
}

/** The same short text, by each API. @param more fields in addition, or instead */
export const chat = (more: object = {}): Ask =>
  post('/chat/completions', { model: MODEL, max_tokens: 9, messages, ...more })
export const message = (more: object = {}): Ask =>
  post('/messages', { model: MODEL, max_tokens: 9, messages, ...more })
export const input = (more: object = {}): Ask =>
  post('/responses', { model: MODEL, max_output_tokens: 9, input: 'Hi', ...more })
