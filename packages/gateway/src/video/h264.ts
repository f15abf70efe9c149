import type { Dimensions } from '../images/dimensions.js'
import type { RasterImage } from '../images/raster-image.js'
import { BitWriter } from './bit-writer.js'
import { BLOCK, macroblocks } from './yuv.js'

/** Baseline, level 3: what every player decodes. */
export const PROFILE = { idc: 66, constraints: 0xc0, level: 30 } as const

/** Slice types that hold for a whole picture, and the type of a macroblock of plain samples (I_PCM). */
const SLICE = { p: 5, i: 7 } as const
const I_PCM = 25

/**
 * What the decoder must know of the whole video: its size, and that pictures come in order.
 *
 * @param size both even.
 * @see ITU-T H.264, section 7.3.2.1.1
 */
export function sequenceParameters({ width, height }: Dimensions): Uint8Array {
  const [columns, rows] = [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)]
  const writer = new BitWriter()
    .bits(PROFILE.idc, 8)
    .bits(PROFILE.constraints, 8)
    .bits(PROFILE.level, 8)
    .ue(0) // seq_parameter_set_id
    .ue(0) // log2_max_frame_num_minus4
    .ue(2) // pic_order_cnt_type
    .ue(1) // max_num_ref_frames
    .bits(0, 1) // gaps_in_frame_num_value_allowed_flag
    .ue(columns - 1)
    .ue(rows - 1)
    .bits(1, 1) // frame_mbs_only_flag
    .bits(1, 1) // direct_8x8_inference_flag
    .bits(1, 1) // frame_cropping_flag
    .ue(0)
    .ue((columns * BLOCK - width) / 2)
    .ue(0)
    .ue((rows * BLOCK - height) / 2)
    .bits(0, 1) // vui_parameters_present_flag
  return unit(0x67, writer.end())
}

/** @see ITU-T H.264, section 7.3.2.2 */
export function pictureParameters(): Uint8Array {
  const writer = new BitWriter()
    .ue(0) // pic_parameter_set_id
    .ue(0) // seq_parameter_set_id
    .bits(0, 2) // CAVLC, no field order
    .ue(0) // num_slice_groups_minus1
    .ue(0)
    .ue(0) // one reference picture
    .bits(0, 3) // no weighted prediction
    .ue(0)
    .ue(0)
    .ue(0) // pic_init_qp_minus26 and the like: nothing is quantized
    .bits(0b100, 3) // deblocking_filter_control_present_flag
  return unit(0x68, writer.end())
}

/**
 * A picture that stands by itself, sample by sample.
 *
 * @param number tells it from the one before.
 */
export function keyFrame(image: RasterImage, number: number): Uint8Array {
  const writer = new BitWriter()
    .ue(0)
    .ue(SLICE.i)
    .ue(0)
    .bits(0, 4) // frame_num
    .ue(number % 2) // idr_pic_id
    .bits(0, 2) // dec_ref_pic_marking
    .ue(0) // slice_qp_delta
    .ue(1) // disable_deblocking_filter_idc
  for (const samples of macroblocks(image)) writer.ue(I_PCM).align().bytes(samples)
  return unit(0x65, writer.end())
}

/**
 * A picture that is the one before.
 *
 * @param frame how many came since the last whole one, from 1 to 15.
 */
export function repeatedFrame({ width, height }: Dimensions, frame: number): Uint8Array {
  const writer = new BitWriter()
    .ue(0)
    .ue(SLICE.p)
    .ue(0)
    .bits(frame, 4)
    .bits(0, 3) // no override, no reordering, no marking
    .ue(0)
    .ue(1)
    .ue(Math.ceil(width / BLOCK) * Math.ceil(height / BLOCK)) // mb_skip_run
  return unit(0x41, writer.end())
}

/** A NAL unit, without what could be taken for the start of another. @see ITU-T H.264, section 7.4.1 */
function unit(header: number, payload: Uint8Array): Uint8Array {
  const bytes: number[] = [header]
  let zeros = 0
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3)
      zeros = 0
    }
    bytes.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Uint8Array.from(bytes)
}
