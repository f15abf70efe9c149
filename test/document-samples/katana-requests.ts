import type { Sample, SampleRequest } from './sample.js'

const GENERATE = '/v1/generation-requests?wait=false'
export const CHAT = '/v1/chat/completions'
/** What the test puts in the place of a placeholder. */
export const PICTURE_URL = 'data:image/png;base64,{picture}'
const PROOF = { 'X-Sign-In-With-X': '{proof}' }
export const BEARER = { Authorization: 'Bearer {key}:{secret}' }
export const KEY_PAIR = { 'X-API-Key': '{key}', 'X-API-Secret': '{secret}' }

const user = (content: string | object[]) => ({ role: 'user', content })
const chat = (model: string, words: string, maxTokens: number): SampleRequest => ({
  path: CHAT,
  json: { model, messages: [user(`Reply with exactly: ${words}`)], max_tokens: maxTokens }
})
const requests = (item: object): SampleRequest => ({ path: GENERATE, json: { requests: [item] } })
export const image = (model: string, prompt: string, more: object = {}): SampleRequest =>
  requests({ type: 'image', model, prompt, aspect_ratio: '1:1', output_format: 'png', ...more })
export const video = (prompt: string, more: object = {}): SampleRequest =>
  requests({
    type: 'video',
    model: 'seedance-2-0',
    prompt,
    duration_seconds: 5,
    aspect_ratio: '16:9',
    ...more
  })
/** Asks after a job until it has ended. */
export const poll: SampleRequest = {
  method: 'GET',
  path: ([job]) => `/v1/generation-requests/${job?.request_id}`
}
const walletOk = { ...chat('qwen3-6-flash', 'wallet balance ok', 64), headers: PROOF }
const topUp: SampleRequest = { path: '/v1/x402/top-up', json: { amount_usdc: '1.00' } }
const haiku = chat('claude-haiku-4-5', 'text x402 ok', 16)
const cube = image('gen', 'A precise studio image of a brushed steel cube')
const glass = video('A five second smooth dolly shot of a glass sculpture on a table', {
  model: 'seedance-2-0-fast'
})
const curl = (section: string, title: string, ...sent: SampleRequest[]): Sample => ({
  section,
  language: 'curl',
  title,
  requests: sent
})

const guide = 'x402 Zero-Context Integration Guide'
/** The samples of Katana's guide that a payment, a balance or a key pays for, by curl. */
export const katanaCurl: readonly Sample[] = [
  curl('Authentication and x402 Payment', 'Top-up', topUp),
  curl('Authentication and x402 Payment', 'Balance-funded text', walletOk),
  {
    section: 'Authentication and x402 Payment',
    language: 'HTTP',
    title: 'Discovery',
    requests: [{ method: 'GET', path: '/v1/x402' }]
  },
  curl(
    'Authentication and x402 Payment',
    'Image: discovery call, and retry',
    image('gen', 'A clean product photo of a mug')
  ),
  curl(guide, 'Base: retry', cube),
  curl(guide, 'Solana: retry', cube),
  curl(guide, 'Text: discovery and paid retry', haiku),
  curl(guide, 'Top-up: discovery and paid retry', topUp),
  curl(guide, 'Balance read', { method: 'GET', path: '/v1/x402/balance/{wallet}', headers: PROOF }),
  curl(guide, 'Transactions read', { method: 'GET', path: '/v1/x402/transactions/{wallet}', headers: PROOF }),
  curl(guide, 'Balance-funded text', walletOk),
  curl(guide, 'Video: discovery and paid retry', glass),
  curl('Credits / API key examples', 'Text with credits', {
    ...chat('grok-4-3', 'imgnAI credits ok', 64),
    headers: BEARER
  }),
  curl('Credits / API key examples', 'Image with credits', {
    ...image('gpt-image-2', 'A clean product photo of a matte black espresso cup'),
    headers: KEY_PAIR
  }),
  curl('Credits / API key examples', 'Current balance', {
    method: 'GET',
    path: '/v1/me/balance',
    headers: BEARER
  }),
  curl('Text / LLM Chat Completion Basics', 'Privacy proof', {
    method: 'GET',
    path: `/v1/text/attestation?model=kimi-k2-6-private&nonce=${'0f'.repeat(32)}`,
    headers: BEARER
  })
]
