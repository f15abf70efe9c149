import type { Format } from '../../images/encode-image.js'
import { HttpError } from '../../server/response.js'

/** A request for images that follows the rules of its model. */
export interface ImageRequest {
  readonly model: string
  readonly prompt: string
  readonly width: number
  readonly height: number
  readonly n: number
  readonly format: Format
  /** Whether the images come back in the response instead of as URLs. */
  readonly inline: boolean
  /** Tokens of each image, for models that are priced by tokens. */
  readonly outputTokens: number
}

/** Thrown when a request breaks a rule of its model. */
export class ImageRequestError extends HttpError {
  constructor(message: string) {
    super(400, 'invalid_request', message)
  }
}

/** @throws {ImageRequestError} when a rule is broken. */
export function assertRule(holds: boolean, message: string): asserts holds {
  if (!holds) throw new ImageRequestError(message)
}

/** Whether a value is a whole number within bounds. */
export function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}

/** Whether a value is a text of 1 to `maxCharacters` characters. */
export function isText(value: unknown, maxCharacters: number): value is string {
  return typeof value === 'string' && [...value].length <= maxCharacters
}
