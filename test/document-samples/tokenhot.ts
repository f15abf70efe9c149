import type { Sample } from './sample.js'

/** The sample of Tokenhot's page. */
export const tokenhotSamples: readonly Sample[] = [
  {
    section: 'wan2.6-image',
    language: 'curl',
    title: 'Request Example',
    requests: [
      {
        path: '/v1/images/generations',
        json: {
          model: 'wan2.6-image',
          input: {
            messages: [
              {
                role: 'user',
                content: [
                  { text: '参考这张图的构图,生成一张秋天风格的画作' },
                  { image: 'https://cdn.example.com/original_umbrella.png' }
                ]
              }
            ]
          },
          parameters: { enable_interleave: true, max_images: 1, size: '1024*1024', stream: true }
        }
      }
    ]
  }
]
