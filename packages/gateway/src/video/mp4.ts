import type { Dimensions } from '../images/dimensions.js'
import { PROFILE } from './h264.js'

/** A video as its coded pictures. */
export interface CodedVideo extends Dimensions {
  readonly sequenceParameters: Uint8Array
  readonly pictureParameters: Uint8Array
  readonly frames: readonly { readonly unit: Uint8Array; readonly isKeyFrame: boolean }[]
  readonly framesPerSecond: number
}

/** Ticks of each picture. */
const TICKS = 1000
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32)

/** Puts a video into an MP4 file, what players read first in front. @see ISO/IEC 14496-12, 14496-15 */
export function muxMp4(video: CodedVideo): Uint8Array {
  const samples = video.frames.map(({ unit }) => Buffer.concat([Buffer.from(u32(unit.length)), unit]))
  const head = box('ftyp', ascii('isom'), u32(512), ascii('isomiso2avc1mp41'))
  // The index tells where the pictures are, which its own length decides.
  const { length } = movie(video, samples, 0)
  const index = movie(video, samples, head.length + length + 8)
  return Buffer.concat([head, index, box('mdat', ...samples)])
}

function movie(video: CodedVideo, samples: readonly Uint8Array[], dataAt: number): Buffer {
  const { width, height, framesPerSecond, frames } = video
  const scale = framesPerSecond * TICKS
  const duration = frames.length * TICKS
  const header = fullBox(
    'mvhd',
    0,
    zeros(8),
    u32(scale),
    u32(duration),
    u32(0x10000),
    u16(0x100),
    zeros(10),
    identity,
    zeros(24),
    u32(2)
  )
  const track = fullBox(
    'tkhd',
    3,
    zeros(8),
    u32(1),
    zeros(4),
    u32(duration),
    zeros(16),
    identity,
    u32(width << 16),
    u32(height << 16)
  )
  const media = box(
    'mdia',
    fullBox('mdhd', 0, zeros(8), u32(scale), u32(duration), u16(0x55c4), u16(0)),
    fullBox('hdlr', 0, zeros(4), ascii('vide'), zeros(12), ascii('Video\0')),
    box(
      'minf',
      fullBox('vmhd', 1, zeros(8)),
      box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', 1))),
      sampleTable(video, samples, dataAt)
    )
  )
  return box('moov', header, box('trak', track, media))
}

function sampleTable(video: CodedVideo, samples: readonly Uint8Array[], dataAt: number): Buffer {
  const { frames } = video
  const whole = frames.flatMap(({ isKeyFrame }, index) => (isKeyFrame ? [index + 1] : []))
  return box(
    'stbl',
    fullBox('stsd', 0, u32(1), sampleEntry(video)),
    fullBox('stts', 0, u32(1), u32(frames.length), u32(TICKS)),
    fullBox('stss', 0, u32(whole.length), whole.flatMap(u32)),
    fullBox('stsc', 0, u32(1), u32(1), u32(frames.length), u32(1)),
    fullBox(
      'stsz',
      0,
      u32(0),
      u32(samples.length),
      samples.flatMap(({ length }) => u32(length))
    ),
    fullBox('stco', 0, u32(1), u32(dataAt))
  )
}

function sampleEntry({ width, height, sequenceParameters, pictureParameters }: CodedVideo): Buffer {
  const { idc, constraints, level } = PROFILE
  const configuration = box(
    'avcC',
    [1, idc, constraints, level, 0xff, 0xe1],
    u16(sequenceParameters.length),
    sequenceParameters,
    [1],
    u16(pictureParameters.length),
    pictureParameters
  )
  const resolution = [u32(0x480000), u32(0x480000)].flat()
  const size = [...u16(width), ...u16(height)]
  return box(
    'avc1',
    zeros(6),
    u16(1),
    zeros(16),
    size,
    resolution,
    zeros(4),
    u16(1),
    zeros(32),
    u16(24),
    u16(0xffff),
    configuration
  )
}

type Part = Uint8Array | readonly number[]

function box(type: string, ...parts: readonly Part[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from(u32(body.length + 8)), Buffer.from(ascii(type)), body])
}

function fullBox(type: string, flags: number, ...parts: readonly Part[]): Buffer {
  return box(type, u32(flags), ...parts)
}

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

function u16(value: number): number[] {
  return [(value >>> 8) & 255, value & 255]
}

function ascii(text: string): number[] {
  return [...text].map((character) => character.charCodeAt(0))
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0)
}
