import type { Sample, SampleRequest } from './sample.js'

const user = (content: string) => ({ role: 'user', content })
const chat = (json: object): SampleRequest => ({ path: '/chat/completions', json })
const video = (json: object): SampleRequest => ({
  path: '/videos/generations',
  json: { model: 'bytedance/doubao-seedance-2.0', ...json }
})
const frame = (name: string, role: string) => ({
  type: 'image_url',
  image_url: { url: `https://ark-project.tos-cn-beijing.volces.com/doc_image/${name}.jpg` },
  role
})
const running = {
  prompt: 'A golden retriever running on a sunny beach',
  duration: 5,
  resolution: '720p',
  aspect_ratio: '16:9'
}

/** The samples of TokenHub's documentation, which are the same in English and in Chinese. */
export const tokenhubSamples: readonly Sample[] = [
  {
    section: 'API Endpoints',
    language: 'JSON',
    title: 'POST /chat/completions',
    requests: [
      chat({
        model: 'openai/gpt-4.1',
        messages: [{ role: 'system', content: 'You are a helpful assistant.' }, user('Hello!')],
        temperature: 0.7,
        max_tokens: 1000,
        stream: false
      })
    ]
  },
  {
    section: 'API Endpoints',
    language: 'JSON',
    title: 'POST /videos/generations',
    requests: [video(running)]
  },
  {
    section: 'API Endpoints',
    language: 'JSON',
    title: 'POST /videos/generations, first and last frame',
    requests: [
      video({
        prompt:
          'Hand picks a fresh apple from the tree, the scene smoothly transitions to a hand holding an apple smoothie drink, cinematic lighting in an orchard',
        content: [frame('r2v_tea_pic1', 'first_frame'), frame('r2v_tea_pic2', 'last_frame')],
        duration: 5,
        resolution: '720p'
      })
    ]
  },
  {
    section: 'API Endpoints',
    language: 'HTTP',
    title: 'GET /videos/generations/{id}',
    requests: [video(running), { method: 'GET', path: ([task]) => `/videos/generations/${task?.id}` }]
  },
  {
    section: 'API Endpoints',
    language: 'JSON',
    title: 'POST /images/generations',
    requests: [
      {
        path: '/images/generations',
        json: {
          model: 'bytedance/doubao-seedream-5.0',
          prompt: 'A serene mountain landscape at sunset',
          n: 1,
          size: '2048x2048'
        }
      }
    ]
  },
  {
    section: 'Code Examples',
    language: 'curl',
    title: 'cURL',
    requests: [chat({ model: 'openai/gpt-4.1', messages: [user('Hello!')] })]
  },
  {
    section: 'Code Examples',
    language: 'Python',
    title: 'OpenAI SDK',
    requests: [chat({ model: 'openai/gpt-5.4', messages: [user('Hello!')] })]
  },
  {
    section: 'Code Examples',
    language: 'JavaScript',
    title: 'JavaScript / TypeScript',
    program: `import OpenAI from 'openai';

const client = new OpenAI({
  apiKey: 'th-your-api-key',
  baseURL: 'https://tokenhub.store/api/v1',
});

// Use any supported model
const response = await client.chat.completions.create({
  model: 'anthropic/claude-sonnet-4-6',
  messages: [{ role: 'user', content: 'Hello!' }],
});

console.log(response.choices[0].message.content);`
  },
  {
    section: 'Code Examples',
    language: 'Python',
    title: 'Streaming',
    requests: [
      chat({ model: 'google/gemini-2.5-pro', messages: [user('Write a short story.')], stream: true })
    ]
  }
]
