import type { Sample, SampleRequest } from './sample.js'

const image = (json: object): SampleRequest => ({ path: '/v1/images/generations', json })
const edit = (form: Readonly<Record<string, string>>): SampleRequest => ({ path: '/v1/images/edits', form })
const gpt = (prompt: string, more: object): SampleRequest =>
  image({ model: 'gpt-image-1.5-vvip', prompt, size: '1024x1024', ...more })
const wan = (prompt: string, more: object): SampleRequest => image({ model: 'wan2.6-t2i', prompt, ...more })
const fromImage = (prompt: string, more: object): SampleRequest[] => [
  {
    path: '/v1/video/generations',
    json: {
      model: 'wan2.6-i2v-flash',
      prompt,
      input_reference: 'https://your-image-url.png',
      resolution: '720P',
      duration: 5,
      ...more
    }
  },
  poll
]
const poll: SampleRequest = { method: 'GET', path: ([task]) => `/v1/videos/${task?.id}` }

/** The samples of OpenClaw Token's documentation that make images and videos. */
export const openclawMedia: readonly Sample[] = [
  {
    section: 'GPT Image',
    language: 'Python',
    title: 'Generate (gpt-image-1.5)',
    requests: [gpt('A cute orange cat wearing sunglasses at the beach', { quality: 'high', n: 1 })]
  },
  {
    section: 'GPT Image',
    language: 'Python',
    title: 'All options (transparent + compression + base64)',
    requests: [
      gpt('A product photo of a sneaker, isolated, studio lighting', {
        quality: 'high',
        background: 'transparent',
        moderation: 'low',
        output_format: 'png',
        output_compression: 30,
        response_format: 'b64_json',
        n: 1
      })
    ]
  },
  {
    section: 'GPT Image',
    language: 'Python',
    title: 'Multiple images (n=4)',
    requests: [gpt('A colorful butterfly', { quality: 'medium', n: 4 })]
  },
  {
    section: 'GPT Image',
    language: 'Python',
    title: 'Edit image',
    requests: [
      edit({
        model: 'gpt-image-1.5-vvip',
        image: '@input.png',
        prompt: 'Add red sunglasses to the cat',
        n: '1'
      }),
      edit({
        model: 'gpt-image-1.5-vvip',
        image: '@input.png',
        mask: '@mask.png',
        prompt: 'Place a golden crown here',
        n: '1'
      })
    ]
  },
  {
    section: 'Wan 2.6 Text-to-Image',
    language: 'Python',
    title: 'Basic',
    requests: [wan('一只戴墨镜的橘猫在海边冲浪,超写实摄影', { size: '1280*1280', n: 1 })]
  },
  {
    section: 'Wan 2.6 Text-to-Image',
    language: 'Python',
    title: 'All options',
    requests: [
      wan('一只柴犬在草地上奔跑,摄影大片风格', {
        negative_prompt: '模糊, 低质量, 变形, 多余的腿',
        size: '1472*1104',
        n: 2,
        seed: 42,
        prompt_extend: false,
        watermark: false
      })
    ]
  },
  {
    section: 'Wan 2.6 Text-to-Image',
    language: 'Python',
    title: 'Batch (n=4)',
    requests: [
      wan('一朵盛开的红色玫瑰,微距摄影', { size: '1280*1280', n: 4 }),
      ...[0, 1, 2, 3].map(
        (index): SampleRequest => ({ method: 'GET', path: ([made]) => made?.data[index]?.url ?? '' })
      )
    ]
  },
  {
    section: 'Wan 2.7 / Doubao Image',
    language: 'Python',
    title: 'Doubao',
    requests: [
      image({
        model: 'doubao-seedream-5-0-260128',
        prompt: 'A cute shiba inu, photorealistic',
        size: '2K'
      })
    ]
  },
  {
    section: 'Wan 2.6 Video',
    language: 'Python',
    title: 'Text-to-Video (wan2.6-t2v)',
    requests: [
      {
        path: '/v1/video/generations',
        json: {
          model: 'wan2.6-t2v',
          prompt: 'An orange cat running on a beach, slow motion',
          negative_prompt: 'blurry, low quality',
          resolution: '720P',
          duration: 5,
          seed: 42
        }
      },
      poll
    ]
  },
  {
    section: 'Wan 2.6 Video',
    language: 'Python',
    title: 'Image-to-Video silent (wan2.6-i2v-flash)',
    requests: fromImage('The cat starts running', {})
  },
  {
    section: 'Wan 2.6 Video',
    language: 'Python',
    title: 'Image-to-Video with audio (wan2.6-i2v-flash)',
    requests: fromImage('A guitarist performing on stage', { resolution: '1080P', audio: true })
  },
  {
    section: 'Wan 2.6 Video',
    language: 'Python',
    title: 'Custom audio file',
    requests: fromImage('Musician performing', { audio: true, audio_url: 'https://your-audio.mp3' })
  },
  {
    section: 'Wan 2.6 Video',
    language: 'Python',
    title: 'Multi-shot high quality (wan2.6-i2v)',
    requests: fromImage('Cat exploring a garden, multiple angles', {
      model: 'wan2.6-i2v',
      negative_prompt: 'blurry, shaky',
      resolution: '1080P',
      duration: 10,
      shot_type: 'multi',
      prompt_extend: true,
      watermark: false,
      seed: 42
    })
  }
]
