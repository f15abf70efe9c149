/** A chat of one word. */
export const hello = { model: 'grok-4-3', messages: [{ role: 'user', content: 'Hi' }] } as const

/** The answer to it, which costs a tenth of a credit. */
export const completion = {
  id: 'chat-1',
  model: 'grok-4-3',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: {
    prompt_tokens: 1,
    completion_tokens: 1,
    imgnai: { credits_charged: '0.1', billing_source: 'account' }
  }
}
