import { createKatanaClient, file, unlistedModel } from '../katana.js'

const katana = createKatanaClient()
const prompt = 'A mug'

void katana.images.generate({ model: 'gen', prompt, aspectRatio: '5:2' })
void katana.images.generate({ model: 'gpt-image-2', prompt, aspectRatio: 'auto', images: [file('mug.png')] })
void katana.images.generate([
  { model: 'gen', prompt, aspectRatio: '5:2', isUhd: true },
  { model: 'flux-2-pro', prompt, aspectRatio: '3:2' }
])
void katana.images.generate({ model: unlistedModel('brand-new'), prompt, aspectRatio: '8:1' })
void katana.videos.generate({ model: 'veo3-1', prompt, aspectRatio: '16:9', durationSeconds: 8 })
void katana.chat.completions.create({
  model: 'not-in-the-catalogue',
  messages: [{ role: 'user', content: 'Hi' }]
})

// @ts-expect-error gpt-image-1-5 lists 1:1 only
void katana.images.generate({ model: 'gpt-image-1-5', prompt, aspectRatio: '16:9' })
// @ts-expect-error there is no such model
void katana.images.generate({ model: 'gpt-image-3', prompt, aspectRatio: '1:1' })
// @ts-expect-error it is a model of videos
void katana.images.generate({ model: 'veo3-1', prompt, aspectRatio: '16:9' })
// @ts-expect-error Veo makes 4 or 8 seconds
void katana.videos.generate({ model: 'veo3-1', prompt, aspectRatio: '16:9', durationSeconds: 5 })
// @ts-expect-error there is no GIF
void katana.images.generate({ model: 'gen', prompt, aspectRatio: '1:1', outputFormat: 'gif' })

const whole = await katana.chat.completions.create({ model: 'grok-4-3', prompt })
whole.choices satisfies readonly unknown[]
for await (const chunk of await katana.chat.completions.create({ model: 'grok-4-3', prompt, stream: true })) {
  chunk.choices satisfies readonly unknown[]
}
