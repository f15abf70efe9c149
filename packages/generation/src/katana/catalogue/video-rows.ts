import { SCREEN, SOCIAL, TALL, VEO } from './aspects.js'

/* What the models of one make have in common. */
const SEEDANCE_2 = {
  creator: 'ByteDance',
  aspects: SCREEN,
  hasLastFrame: true,
  needsFirstFrame: false,
  maxReferenceImages: 7,
  maxAudioFiles: 3,
  hasAudio: true,
  rules: ['reference_no_ff_or_lf', 'audio_or_fflf_exclusive', 'lf_needs_ff', 'audio_15s_max']
} as const
const LTX = {
  creator: 'Lightricks',
  aspects: SOCIAL,
  hasLastFrame: true,
  needsFirstFrame: false,
  maxReferenceImages: 0,
  maxAudioFiles: 1,
  hasAudio: true,
  rules: ['audio_ff_only', 'audio_drives_duration']
} as const
const HAPPY_HORSE = {
  creator: 'Alibaba',
  aspects: SCREEN,
  hasLastFrame: false,
  needsFirstFrame: false,
  maxReferenceImages: 9,
  maxAudioFiles: 0,
  hasAudio: true,
  rules: ['reference_no_ff_or_lf']
} as const
const WAN_2_7 = {
  creator: 'Alibaba',
  aspects: SCREEN,
  hasLastFrame: true,
  needsFirstFrame: false,
  maxReferenceImages: 5,
  maxAudioFiles: 1,
  hasAudio: true,
  rules: ['reference_is_voice_timbre', 'reference_no_ff_or_lf']
} as const
const KLING_3 = {
  creator: 'Kling AI',
  aspects: SOCIAL,
  hasLastFrame: true,
  needsFirstFrame: false,
  maxReferenceImages: 6,
  maxAudioFiles: 0,
  hasAudio: true,
  rules: []
} as const
const VEO_3 = {
  creator: 'Google',
  aspects: VEO,
  hasLastFrame: false,
  needsFirstFrame: false,
  maxReferenceImages: 0,
  maxAudioFiles: 0,
  hasAudio: true,
  rules: []
} as const
const SEEDANCE_1 = {
  creator: 'ByteDance',
  aspects: SCREEN,
  hasLastFrame: false,
  needsFirstFrame: true,
  maxReferenceImages: 0,
  maxAudioFiles: 0,
  hasAudio: false,
  rules: []
} as const
const WAN_2_5 = {
  creator: 'Alibaba Cloud',
  aspects: TALL,
  hasLastFrame: false,
  needsFirstFrame: false,
  maxReferenceImages: 0,
  maxAudioFiles: 0,
  hasAudio: true,
  rules: []
} as const
const HAILUO = {
  creator: 'Hailuo AI',
  aspects: TALL,
  hasLastFrame: false,
  needsFirstFrame: true,
  maxReferenceImages: 0,
  maxAudioFiles: 0,
  hasAudio: false,
  rules: []
} as const
const KLING_2_1 = {
  creator: 'Kling AI',
  aspects: TALL,
  hasLastFrame: false,
  needsFirstFrame: true,
  maxReferenceImages: 0,
  maxAudioFiles: 0,
  hasAudio: false,
  rules: []
} as const
const KLING_1 = {
  creator: 'Kling AI',
  aspects: SOCIAL,
  hasLastFrame: false,
  needsFirstFrame: true,
  maxReferenceImages: 0,
  maxAudioFiles: 0,
  hasAudio: false,
  rules: []
} as const

/**
 * Key, name, and the price of a video in tenths of a credit by its seconds. Every model takes a first frame and none a
 * middle one. A dated snapshot of Katana's published catalogue.
 */
export const videoRows = {
  'seedance-2-0': {
    key: 'seedance2',
    name: 'Seedance 2.0',
    costs: { 5: 2000n, 10: 3750n, 15: 5500n },
    ...SEEDANCE_2
  },
  'seedance-2-0-480p': {
    key: 'seedance2480p',
    name: 'Seedance 2.0 (480p)',
    costs: { 5: 1200n, 10: 2300n, 15: 3400n },
    ...SEEDANCE_2
  },
  'seedance-2-0-fast': {
    key: 'seedance2fast',
    name: 'Seedance 2.0 (Fast)',
    costs: { 5: 1200n, 10: 2300n, 15: 3400n },
    ...SEEDANCE_2
  },
  'ltx-2-3': { key: 'ltx23', name: 'LTX 2.3', costs: { 5: 200n, 10: 400n, 15: 600n, 20: 800n }, ...LTX },
  'happy-horse-1-0-1080p': {
    key: 'happyhorse101080p',
    name: 'Happy Horse 1.0 (1080p)',
    costs: { 5: 3000n, 10: 6000n, 15: 9000n },
    ...HAPPY_HORSE
  },
  'happy-horse-1-0-720p': {
    key: 'happyhorse10720p',
    name: 'Happy Horse 1.0 (720p)',
    costs: { 5: 1500n, 10: 3000n, 15: 4500n },
    ...HAPPY_HORSE
  },
  'wan-2-7-1080p': {
    key: 'wan271080pvideo',
    name: 'WAN 2.7 (1080p)',
    costs: { 5: 1300n, 10: 2600n },
    ...WAN_2_7
  },
  'wan-2-7-720p': {
    key: 'wan27720pvideo',
    name: 'WAN 2.7 (720p)',
    costs: { 5: 900n, 10: 1800n },
    ...WAN_2_7
  },
  'kling-o3-4k': {
    key: 'kling304k',
    name: 'Kling O3 4K',
    costs: { 5: 4500n, 10: 9000n, 15: 13500n },
    ...KLING_3
  },
  'kling-3-0-kling30pro': {
    key: 'kling30pro',
    name: 'Kling 3.0',
    costs: { 5: 3500n, 10: 6500n, 15: 9250n },
    ...KLING_3
  },
  'kling-3-0-kling30': {
    key: 'kling30',
    name: 'Kling 3.0',
    costs: { 5: 2800n, 10: 5500n, 15: 8000n },
    ...KLING_3
  },
  'veo3-1': { key: 'veo3', name: 'Veo3.1', costs: { 4: 3800n, 8: 7500n }, ...VEO_3 },
  'veo3-1-fast': { key: 'veo3fast', name: 'Veo3.1 Fast', costs: { 4: 1600n, 8: 3000n }, ...VEO_3 },
  'veo3-1-lite': { key: 'veo3lite', name: 'Veo3.1 Lite', costs: { 8: 1400n }, ...VEO_3 },
  'seedance-pro': { key: 'seedancepro', name: 'Seedance Pro', costs: { 5: 2500n, 10: 4500n }, ...SEEDANCE_1 },
  'wan-2-5': { key: 'wan25', name: 'WAN 2.5', costs: { 5: 2200n, 10: 4000n }, ...WAN_2_5 },
  'hailuo-2-minimax': { key: 'hailuo2', name: 'Hailuo 2 (MiniMax)', costs: { 6: 2000n }, ...HAILUO },
  'kling-2-1-kling21': { key: 'kling21', name: 'Kling 2.1', costs: { 5: 1600n, 10: 3000n }, ...KLING_2_1 },
  'kling-2-1-kling21loop': {
    key: 'kling21loop',
    name: 'Kling 2.1',
    costs: { 5: 1600n, 10: 3000n },
    ...KLING_2_1
  },
  'seedance-lite-seedancelite': {
    key: 'seedancelite',
    name: 'Seedance Lite',
    costs: { 5: 1200n, 10: 2000n },
    ...SEEDANCE_1
  },
  'seedance-lite-seedanceliteloop': {
    key: 'seedanceliteloop',
    name: 'Seedance Lite',
    costs: { 5: 1200n, 10: 2000n },
    ...SEEDANCE_1
  },
  'kling-2-0': { key: 'kling20', name: 'Kling 2.0', costs: { 5: 3500n, 10: 6500n }, ...KLING_1 },
  'kling-1-6': { key: 'kling16', name: 'Kling 1.6', costs: { 5: 1300n, 10: 2500n }, ...KLING_1 }
} as const
