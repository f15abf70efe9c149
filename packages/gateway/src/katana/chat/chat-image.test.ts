import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { toChatImage } from './chat-image.js'

const image = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 4, background: '#f008' } })
    .png()
    .toBuffer()

describe('an image in a chat', () => {
  it.each([
    [8192, 2048, 4096, 1024],
    [1024, 8192, 512, 4096],
    [640, 480, 640, 480]
  ])('Katana 87: of %i by %i pixels becomes a JPEG of %i by %i', async (width, height, toWidth, toHeight) => {
    const shown = await toChatImage(await image(width, height))
    expect(shown).toMatchObject({ width: toWidth, height: toHeight })
    expect(await sharp(shown?.jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      width: toWidth,
      height: toHeight
    })
  })

  it('that is none is not shown', async () => {
    expect(await toChatImage(Buffer.from('no picture'))).toBeUndefined()
  })
})
