import { expect, it } from 'vitest'
import { readFormFields } from './form-fields.js'
import { readImageEdit } from './image-edit.js'
import { readImageRequest } from './image-request.js'

function formOf(...fields: readonly (readonly [name: string, value: string])[]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

it('text fields of one name are all read, as several images by their URLs', () => {
  const asked = [
    ['model', 'gen'],
    ['prompt', 'A mug'],
    ['n', '2']
  ] as const
  const urls = [
    ['image[]', 'https://a.example/1.png'],
    ['image[]', 'https://a.example/2.png']
  ] as const
  const { body } = readFormFields(formOf(...asked, ...urls))
  expect(readImageEdit(body, [])).toMatchObject({
    count: 2,
    images: ['https://a.example/1.png', 'https://a.example/2.png']
  })
})

it('a field that is meant once is refused where it comes twice, and not the last of them taken', () => {
  const { body } = readFormFields(formOf(['model', 'gen'], ['prompt', 'one'], ['prompt', 'two']))
  expect(() => readImageRequest(body)).toThrow(/prompt is required/)
})
