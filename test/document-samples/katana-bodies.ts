import { BEARER, CHAT, image, KEY_PAIR, PICTURE_URL, poll, video } from './katana-requests.js'
import type { Sample, SampleRequest } from './sample.js'

const text = 'Text / LLM Chat Completion Basics'
const pictures = 'Image Generation Basics'
const videos = 'Video Generation Basics'
const complete = 'Complete HTTP cURL Examples'

const json = (section: string, title: string, ...requests: SampleRequest[]): Sample => ({
  section,
  language: 'JSON',
  title,
  requests
})
const chat = (messages: object[], more: object): SampleRequest => ({
  path: CHAT,
  json: { model: 'grok-4-3', messages, max_tokens: 16_000, ...more },
  headers: BEARER
})
const product =
  'Use the reference image as the product and place it on a clean studio table with soft daylight.'
const references = 'Create a video using the uploaded references for subject identity, wardrobe, and setting.'
const animate = 'Animate the scene from the first frame with a slow cinematic camera push and natural motion.'
const FIRST = 'https://example.com/first-frame.png'
const REFERENCE = 'https://example.com/reference-image.png'
const twoReferences = {
  video_image_data: { reference_image_urls: ['https://example.com/character-reference.png', PICTURE_URL] }
}

/** The bodies of requests in Katana's guide, and its two complete samples. */
export const katanaBodies: readonly Sample[] = [
  {
    section: 'Main Generation Endpoint',
    language: 'HTTP',
    title: 'Submit, and poll',
    requests: [image('gen', 'A mug'), poll]
  },
  json(
    text,
    'Minimal text chat, by the combined bearer',
    chat(
      [
        { role: 'system', content: 'You are a concise assistant.' },
        { role: 'user', content: 'Write a three bullet launch checklist for a product API.' }
      ],
      { temperature: 1 }
    )
  ),
  json(
    text,
    'Streaming text chat',
    chat([{ role: 'user', content: 'Write one concise sentence about API integration.' }], {
      stream: true,
      stream_options: { include_usage: true }
    })
  ),
  json(
    text,
    'Vision chat with a Base64 data URL',
    chat(
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Describe this image for an accessibility caption.' },
            { type: 'image_url', image_url: { url: PICTURE_URL } }
          ]
        }
      ],
      {}
    )
  ),
  json(
    pictures,
    'Minimal text-to-image',
    image('gpt-image-2', 'A clean product image of a ceramic mug on a table')
  ),
  json(pictures, 'Edit with HTTPS image URLs', image('gpt-image-2', product, { image_urls: [REFERENCE] })),
  json(pictures, 'Edit with Base64 data URLs', image('gpt-image-2', product, { image_urls: [PICTURE_URL] })),
  json(videos, 'Minimal text-to-video', video('A calm cinematic shot of a ceramic mug on a table')),
  json(
    videos,
    'First-frame image URL',
    video(animate, { video_image_data: { first_frame_image_url: FIRST } })
  ),
  json(
    videos,
    'First-frame Base64 data URL',
    video(animate, { video_image_data: { first_frame_image_url: PICTURE_URL } })
  ),
  json(
    videos,
    'First frame and last frame',
    video(
      'Create a smooth transformation from the first frame to the last frame with consistent subject identity.',
      {
        video_image_data: {
          first_frame_image_url: FIRST,
          last_frame_image_url: 'https://example.com/last-frame.png'
        }
      }
    )
  ),
  json(videos, 'Reference images', video(references, twoReferences)),
  json(
    videos,
    'Reference image assets',
    video('Generate a short ad using the character reference and the environment reference.', {
      reference_assets: [
        { kind: 'reference_image', url: 'https://example.com/person.png' },
        { kind: 'image', base64_data: PICTURE_URL }
      ]
    })
  ),
  json(
    videos,
    'Audio references',
    video('Create a cinematic video and use the attached audio as the voice or sound reference.', {
      video_image_data: {
        reference_image_urls: ['https://example.com/speaker-reference.png'],
        audio_input_urls: ['https://example.com/reference-voice.mp3']
      }
    })
  ),
  {
    section: complete,
    language: 'curl',
    title: 'Text-to-image, and poll',
    requests: [
      { ...image('gpt-image-2', product, { image_urls: [REFERENCE] }), headers: KEY_PAIR },
      { ...poll, headers: KEY_PAIR }
    ]
  },
  {
    section: complete,
    language: 'curl',
    title: 'Video with reference images, and poll',
    requests: [
      { ...video(references, twoReferences), headers: KEY_PAIR },
      { ...poll, headers: KEY_PAIR }
    ]
  }
]
