/** Where images are sold. */
export const IMAGES = '/v1/images/generations'

/** A chat that is answered in a few words. */
export const chat = {
  model: 'claude-sonnet-4-6',
  max_tokens: 64,
  messages: [{ role: 'user', content: 'Reply with exactly: hello' }]
}

/** A request for one image, changed as the test says. */
export const wan = (more: object = {}) => ({ model: 'wan2.6-t2i', prompt: 'a cat', ...more })
