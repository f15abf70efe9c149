import { mediaTypeOf } from '../shared/media/media-type.js'

/** What a form of OpenAI's for editing images holds. */
export interface ImageForm {
  /** Those without a value are left out. */
  readonly fields: Readonly<Record<string, string | number | undefined>>
  readonly images: readonly Uint8Array<ArrayBuffer>[]
  readonly mask?: Uint8Array<ArrayBuffer> | undefined
}

/** Writes a form with files, each of its own type. */
export function imageForm({ fields, images, mask }: ImageForm): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) form.append(name, String(value))
  for (const [index, image] of images.entries()) {
    const { mimeType = 'image/png' } = mediaTypeOf(image) ?? {}
    const name = `image-${index}.${mimeType.slice('image/'.length)}`
    form.append('image', new Blob([image], { type: mimeType }), name)
  }
  if (mask) form.append('mask', new Blob([mask], { type: 'image/png' }), 'mask.png')
  return form
}
