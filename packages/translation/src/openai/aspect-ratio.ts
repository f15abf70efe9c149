import { invalidRequest } from '../invalid-request.js'

/**
 * The aspect ratio of a size such as `1024x768`, in its lowest terms. `auto`, or no size, is a square.
 *
 * @throws {InvalidRequest}
 */
export function aspectRatioOf(size: string | undefined): string {
  if (size === undefined || size === 'auto') return '1:1'
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size) ?? []
  const [wide, high] = [Number(width), Number(height)]
  if (!(wide > 0 && high > 0)) throw invalidRequest('size must be such as 1024x1024', 'invalid_size')
  const divisor = greatestCommonDivisor(wide, high)
  return `${wide / divisor}:${high / divisor}`
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
