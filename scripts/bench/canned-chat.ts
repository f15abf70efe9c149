import { setMaxListeners } from 'node:events'

/** What a model replies in a benchmark. */
const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'qwen3-6-flash',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'word '.repeat(200) }, finish_reason: 'stop' }
  ],
  usage: { prompt_tokens: 500, completion_tokens: 200, total_tokens: 700 }
}
const text = JSON.stringify(completion)
const releasing = new EventTarget()
setMaxListeners(0, releasing)
let held = 0

/** Answers a chat that was paid for: at once, or where it says "hold", when `releaseChats` is called. */
export async function answerChat(body: string): Promise<string> {
  if (!body.includes('hold')) return text
  held++
  await new Promise((resolve) => releasing.addEventListener('release', resolve, { once: true }))
  held--
  return text
}

/** How many chats wait. */
export function heldChats(): number {
  return held
}

/** Answers the chats that wait. */
export function releaseChats(): void {
  releasing.dispatchEvent(new Event('release'))
}
