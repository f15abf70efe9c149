import type { Answer, Sample, SampleRequest } from './sample.js'

const CHAT = '/v1/chat/completions'
const user = (content: string | object[]) => ({ role: 'user', content })
const chat = (model: string, messages: object[], more: object = {}): SampleRequest => ({
  path: CHAT,
  json: { model, messages, ...more }
})
const flash = (messages: object[], more: object = {}): SampleRequest =>
  chat('gemini-3.1-flash-image', messages, { max_tokens: 2000, ...more })
const resolution = (size: string) => ({
  google: { image_config: { image_size: size, aspect_ratio: '16:9' } }
})
/** The picture of the samples, which the test puts in its place. */
const INPUT_PNG = 'data:image/png;base64,{input.png}'
const replyOf = (answer: Answer | undefined) => ({
  role: 'assistant',
  content: answer?.choices[0]?.message.content ?? ''
})

const turn1 = [user('Draw a simple red house')]
const turn2 = ([first]: readonly Answer[]) => [
  ...turn1,
  replyOf(first),
  user('Add a blue sky and green grass')
]
const turn3 = (answers: readonly Answer[]) => [
  ...turn2(answers),
  replyOf(answers[1]),
  user('Add a sun and some clouds')
]
const turn = (messages: (answers: readonly Answer[]) => object[]): SampleRequest => ({
  path: CHAT,
  json: (answers) => ({ model: 'gemini-3.1-flash-image', max_tokens: 2000, messages: messages(answers) })
})

/** The samples of OpenClaw Token's documentation that write text, or draw in a chat. */
export const openclawText: readonly Sample[] = [
  {
    section: 'Quick Start',
    language: 'curl',
    title: 'First Request',
    requests: [chat('claude-sonnet-4-6', [user('Hello!')], { max_tokens: 1024 })]
  },
  { section: 'Quick Start', language: 'Python', title: 'SDK Setup', requests: [] },
  {
    section: 'Claude',
    language: 'Python',
    title: 'OpenAI SDK',
    requests: [
      chat(
        'claude-sonnet-4-6',
        [{ role: 'system', content: 'You are a helpful assistant.' }, user('Write a Python quicksort')],
        { max_tokens: 1024 }
      )
    ]
  },
  {
    section: 'Claude',
    language: 'Python',
    title: 'Anthropic SDK',
    requests: [
      {
        path: '/v1/messages',
        json: { model: 'claude-sonnet-4-6', max_tokens: 1024, messages: [user('Write a Python quicksort')] }
      }
    ]
  },
  {
    section: 'GPT',
    language: 'Python',
    title: 'Chat',
    requests: [chat('gpt5.4-plus', [user('Explain quantum computing')], { max_tokens: 1024 })]
  },
  {
    section: 'Gemini',
    language: 'Python',
    title: 'Chat',
    requests: [chat('gemini-3-flash-preview', [user('Hello, Gemini!')])]
  },
  {
    section: 'Gemini Flash Image',
    language: 'Python',
    title: 'Text-to-Image',
    requests: [flash([user('Draw a cute orange cat at sunset')])]
  },
  {
    section: 'Gemini Flash Image',
    language: 'Python',
    title: '2K / 4K Resolution',
    requests: [
      flash([user('A mountain landscape at sunset')], resolution('2K')),
      flash([user('A detailed city skyline')], resolution('4K'))
    ]
  },
  {
    section: 'Gemini Flash Image',
    language: 'Python',
    title: 'Image Editing',
    requests: [
      flash([
        user([
          { type: 'text', text: 'Change the background to a beach scene' },
          { type: 'image_url', image_url: { url: INPUT_PNG } }
        ])
      ])
    ]
  },
  {
    section: 'Gemini Flash Image',
    language: 'Python',
    title: 'Multi-turn Editing',
    requests: [turn(() => turn1), turn(turn2), turn(turn3)]
  },
  {
    section: 'Gemini Flash Image',
    language: 'Python',
    title: 'Style Control with System Prompt',
    requests: [
      flash(
        [
          { role: 'system', content: 'You are a cartoon artist. Always draw in cute kawaii style.' },
          user('Draw a dog playing in a park')
        ],
        { temperature: 1.5, top_p: 0.9 }
      )
    ]
  },
  {
    section: 'Wan 2.7 / Doubao Image',
    language: 'Python',
    title: 'Wan 2.7',
    requests: [chat('wan2.7-image', [user([{ type: 'text', text: 'A cute shiba inu' }])])]
  },
  {
    section: 'Claude Code CLI',
    language: 'shell',
    title: 'ANTHROPIC_BASE_URL',
    requests: [
      { path: '/v1/messages', json: { model: 'claude-opus-4-7', max_tokens: 1024, messages: [user('Hi')] } }
    ]
  },
  { section: 'SDK Setup', language: 'Python', title: 'OpenAI SDK', requests: [] },
  { section: 'SDK Setup', language: 'Python', title: 'Anthropic SDK', requests: [] }
]
