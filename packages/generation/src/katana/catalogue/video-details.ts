import type { videoRows } from './video-rows.js'

/** Of each video model the path of its thumbnail, its features, and its description, in the words of Katana's guide. */
export const videoDetails: Readonly<Record<keyof typeof videoRows, readonly [string, string, string]>> = {
  'seedance-2-0': [
    'video/seedance2video.webp',
    'first frame, last frame, reference images up to 7, audio input up to 3 file(s)',
    "The world's frontier video model, offering unprecedented prompt adherence and audio/video quality."
  ],
  'seedance-2-0-480p': [
    'video/seedance2480pvideo.webp',
    'first frame, last frame, reference images up to 7, audio input up to 3 file(s)',
    "All the power of Seedance 2.0's full model - optimized for Mobile resolutions, at half the cost!"
  ],
  'seedance-2-0-fast': [
    'video/seedance2fastvideo.webp',
    'first frame, last frame, reference images up to 7, audio input up to 3 file(s)',
    "Seedance 2.0's Fast model, offering a powerful budget entry for full resolution outputs!"
  ],
  'ltx-2-3': [
    'video/ltx23video.webp',
    'first frame, last frame, audio input up to 1 file(s)',
    'Powerful open source audio-video model by Lightricks - hosted in-house for premium results at dramatically lower prices.'
  ],
  'happy-horse-1-0-1080p': [
    'video/happyhorse101080pvideo.webp',
    'first frame, reference images up to 9',
    "Alibaba's newest frontier model; boasts breathtaking quality and prompt adherence, at full 1080p resolutions."
  ],
  'happy-horse-1-0-720p': [
    'video/happyhorse10720pvideo.webp',
    'first frame, reference images up to 9',
    "Alibaba's powerful Happy Horse 1.0 model - retaining breathtaking quality at 720p resolutions, coupled with discounted pricing!"
  ],
  'wan-2-7-1080p': [
    'video/wan271080pvideo.webp',
    'first frame, last frame, reference images up to 5, audio input up to 1 file(s)',
    'WAN 2.7 excels in creating videos with breathtaking consistency across reference images, and high-fidelity textures.'
  ],
  'wan-2-7-720p': [
    'video/wan27720pvideo.webp',
    'first frame, last frame, reference images up to 5, audio input up to 1 file(s)',
    "Alibaba's 720p WAN 2.7 model - retaining excellent quality, at a discounted rate!"
  ],
  'kling-o3-4k': [
    'video/kling304kvideo.webp',
    'first frame, last frame, reference images up to 6',
    "Kling's flagship O3 model, in astonishing 4K Quality!"
  ],
  'kling-3-0-kling30pro': [
    'video/kling30provideo.webp',
    'first frame, last frame, reference images up to 6',
    "Kling's flagship 3.0 model, pairing excellent prompt adherence with industry quality audio/video output."
  ],
  'kling-3-0-kling30': [
    'video/kling30video.webp',
    'first frame, last frame, reference images up to 6',
    "Kling's cutting-edge 3.0 model, with great prompt adherence, and stellar quality audio/video output."
  ],
  'veo3-1': [
    'video/veo3video.webp',
    'first frame',
    "Google's updated Veo3.1 model, showcasing 1080p cinematic quality video, with full audio support."
  ],
  'veo3-1-fast': [
    'video/veo3videofast.webp',
    'first frame',
    "Veo 3.1's little brother - bringing high speeds at lower costs, while still offering superb quality audio/video generation."
  ],
  'veo3-1-lite': [
    'video/veo3videolite.webp',
    'first frame',
    "Google's latest offering in their Veo3.1 line, packing excellent quality at an incredibly low cost!"
  ],
  'seedance-pro': [
    'video/seedance1provideo.webp',
    'requires image input, first frame',
    'Excellent quality HD outputs across a range of styles, with excellent prompt adherence.'
  ],
  'wan-2-5': [
    'video/wan25video.webp',
    'first frame',
    'Excellent quality HD outputs with full audio generation, at a stunningly low cost.'
  ],
  'hailuo-2-minimax': [
    'video/minimax2video.webp',
    'requires image input, first frame',
    'Great quality at competitive pricing, excels at text rendering.'
  ],
  'kling-2-1-kling21': [
    'video/kling21video.webp',
    'requires image input, first frame',
    "Quality close to Kling's master 2.0 model, at budget pricing."
  ],
  'kling-2-1-kling21loop': [
    'video/kling21loopedvideo.webp',
    'requires image input, first frame',
    'Infinitely looped videos with Kling 2.1!'
  ],
  'seedance-lite-seedancelite': [
    'video/seedance1litevideo.webp',
    'requires image input, first frame',
    'Exceptional cost-to-performance video model.'
  ],
  'seedance-lite-seedanceliteloop': [
    'video/seedance1liteloopedvideo.webp',
    'requires image input, first frame',
    'Infinitely looped videos with Seedance Lite!'
  ],
  'kling-2-0': [
    'video/kling2video.webp',
    'requires image input, first frame',
    "Kling's raw/master 2.0 video model. Excellent quality, but very highly priced for video-only."
  ],
  'kling-1-6': [
    'video/kling16video.webp',
    'requires image input, first frame',
    "[Legacy] Kling's early-era 1.6 video generation model."
  ]
}
