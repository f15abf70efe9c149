import type { ParameterTable } from '../parameters.js'

const leaveOut = 'no such choice at this service: leave it out'
const shown = 'Answered as it says. Default: bytes from models that OpenAI answers bytes from, else the URL'

/**
 * What becomes of the parameters of `POST /v1/images/generations`. Services that speak this API themselves get all of
 * them as they are.
 *
 * @see https://platform.openai.com/docs/api-reference/images/create
 */
export const imageParameters: ParameterTable = {
  model: { use: 'mapped', note: 'The model', isRequired: true },
  prompt: { use: 'mapped', note: 'The prompt', isRequired: true },
  n: { use: 'mapped', note: 'So many images, 1 to 10' },
  size: { use: 'mapped', note: 'The size, or the aspect ratio that it has' },
  response_format: { use: 'mapped', note: shown },
  output_format: { use: 'mapped', note: 'The format of the file' },
  quality: { use: 'refused', note: leaveOut, neutral: ['auto'] },
  background: { use: 'refused', note: leaveOut, neutral: ['auto'] },
  style: { use: 'refused', note: leaveOut },
  output_compression: { use: 'refused', note: leaveOut },
  moderation: { use: 'refused', note: leaveOut, neutral: ['auto'] },
  partial_images: { use: 'refused', note: 'images do not stream', neutral: [0] },
  stream: { use: 'refused', note: 'images do not stream', neutral: [false] },
  user: { use: 'ignored', note: 'It is said of the caller, and changes no image' }
}

/**
 * What becomes of the parameters of `POST /v1/images/edits`, in a form or in JSON.
 *
 * @see https://platform.openai.com/docs/api-reference/images/createEdit
 */
export const imageEditParameters: ParameterTable = {
  image: { use: 'mapped', note: 'Images that the model reads: files, or URLs in JSON', isRequired: true },
  images: { use: 'mapped', note: 'As `image`, in JSON' },
  ...imageParameters,
  input_fidelity: { use: 'refused', note: leaveOut },
  mask: { use: 'refused', note: leaveOut }
}

/**
 * What becomes of the parameters of `POST /v1/videos`, in a form or in JSON.
 *
 * @see https://platform.openai.com/docs/api-reference/videos/create
 */
export const videoParameters: ParameterTable = {
  model: { use: 'mapped', note: 'The model', isRequired: true },
  prompt: { use: 'mapped', note: 'The prompt', isRequired: true },
  seconds: { use: 'mapped', note: 'The length. Default: the shortest that the model makes' },
  size: { use: 'mapped', note: 'The aspect ratio that it has' },
  input_reference: { use: 'mapped', note: 'The first frame: a file, or the URL of an image' },
  user: { use: 'ignored', note: 'It is said of the caller, and changes no video' }
}
