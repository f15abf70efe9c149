import { parseUsdc } from '@bursar/core'

/** Millionths of a dollar. The documentation prints no prices: these are assumed, and told by `/api/pricing`. */
export const prices: ReadonlyMap<string, bigint> = new Map(
  Object.entries({
    'wan2.6-image': '0.03',
    'wan2.6-t2i': '0.03',
    'gpt-image-2': '0.02',
    'doubao-seedream-5-0-260128': '0.04',
    'qwen-image-max': '0.05',
    'gemini-3.1-flash-image-preview': '0.06',
    'happyhorse-1.0-t2v': '0.30',
    'happyhorse-1.0-i2v': '0.30',
    'happyhorse-1.0-r2v': '0.30',
    'doubao-seedance-2.0': '0.50',
    'doubao-seedance-2.0-fast': '0.25',
    'whisper-1': '0.006',
    'claude-opus-4-6': '0.01',
    'gpt-5.4': '0.01'
  }).map(([model, usd]) => [model, parseUsdc(usd)])
)
