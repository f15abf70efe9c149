import {
  ART,
  BANNER,
  CINEMA,
  CLASSIC,
  HOSTED,
  PHOTO,
  POSTER,
  SCREEN,
  SQUARE,
  ULTRA,
  WIDE
} from './aspects.js'

/**
 * Columns: internal key, display name, creator, price of an image in tenths of a credit, most reference images,
 * aspect ratios. A dated snapshot of Katana's published catalogue.
 */
export const imageRows = {
  'gpt-image-2': ['gpt2image', 'GPT Image 2', 'OpenAI', 140n, 16, PHOTO],
  'nano-banana-2': ['nanobanana2', 'Nano Banana 2', 'Google', 320n, 14, PHOTO],
  gen: ['gen', 'Gen', 'imgnAI', 30n, 0, HOSTED],
  'seedream-5-0-lite': ['seedream5lite', 'Seedream 5.0 Lite', 'ByteDance', 70n, 10, CINEMA],
  'wan-2-7-image-pro': ['wan27proimage', 'WAN 2.7 Image Pro', 'Alibaba', 140n, 9, BANNER],
  ani: ['ani', 'Ani', 'imgnAI', 20n, 0, HOSTED],
  'nano-banana-pro': ['nanobananapro', 'Nano Banana Pro', 'Google', 280n, 8, PHOTO],
  'qwen-2-0': ['qwen2image', 'Qwen 2.0', 'Alibaba', 80n, 3, CINEMA],
  fur: ['fur', 'Fur', 'imgnAI', 20n, 0, HOSTED],
  synth: ['synth', 'Synth', 'imgnAI', 20n, 0, HOSTED],
  'seedream-4-5': ['seedream45', 'Seedream 4.5', 'ByteDance', 120n, 10, POSTER],
  noob: ['noob', 'Noob', 'imgnAI', 20n, 0, HOSTED],
  aura: ['aura', 'Aura', 'imgnAI', 20n, 0, HOSTED],
  pixel: ['pixel', 'Pixel', 'imgnAI', 20n, 0, HOSTED],
  'flux-2-klein-9b': ['fluxklein9b', 'FLUX.2 Klein 9b', 'Black Forest Labs', 100n, 4, POSTER],
  'nano-banana': ['nanobanana', 'Nano Banana', 'Google', 120n, 6, CINEMA],
  'hyper-cgi': ['hypercgi', 'Hyper CGI', 'imgnAI', 20n, 0, HOSTED],
  'flux-2-flex': ['flux2flex', 'FLUX.2 FLEX', 'Black Forest Labs', 280n, 8, CLASSIC],
  'imagine-art-1-5-pro': ['imagineart15', 'Imagine Art 1.5 Pro', 'Imagine Art', 140n, 0, ART],
  volt: ['volt', 'Volt', 'imgnAI', 20n, 0, HOSTED],
  'wan-2-7-image': ['wan27image', 'WAN 2.7 Image', 'Alibaba', 60n, 9, BANNER],
  'gpt-image-1-5': ['gptimage15', 'GPT Image 1.5', 'OpenAI', 320n, 0, SQUARE],
  muse: ['muse', 'Muse', 'imgnAI', 30n, 0, HOSTED],
  'flux-2-pro': ['flux2pro', 'FLUX.2 PRO', 'Black Forest Labs', 80n, 4, CLASSIC],
  gothic: ['gothic', 'Gothic', 'imgnAI', 20n, 0, HOSTED],
  'z-image-base': ['zimagebase', 'Z-Image Base', 'Z.ai', 70n, 0, POSTER],
  'z-image-turbo': ['zimageturbo', 'Z-Image Turbo', 'Z.ai', 40n, 0, POSTER],
  rend: ['rend', 'Rend', 'imgnAI', 20n, 0, HOSTED],
  retro: ['retro', 'Retro', 'imgnAI', 20n, 0, HOSTED],
  'flux-2-klein-4b': ['fluxklein4b', 'FLUX.2 Klein 4b', 'Black Forest Labs', 40n, 4, POSTER],
  neo: ['neo', 'Neo', 'imgnAI', 20n, 0, HOSTED],
  pony: ['pony', 'Pony', 'imgnAI', 20n, 0, HOSTED],
  nai: ['nai', 'Nai', 'imgnAI', 20n, 0, HOSTED],
  'flux-1-1-ultra': ['flux1ultra', 'FLUX 1.1 Ultra', 'Black Forest Labs', 180n, 0, ULTRA],
  glitch: ['glitch', 'Glitch', 'imgnAI', 20n, 0, HOSTED],
  'qwen-image': ['qwenimage', 'Qwen Image', 'Alibaba Cloud', 80n, 0, SCREEN],
  'seedream-4': ['seedream4', 'Seedream 4', 'ByteDance', 120n, 10, CINEMA],
  'wan-2-2-image': ['wan22image', 'WAN 2.2 Image', 'Alibaba Cloud', 80n, 0, WIDE],
  'flux1-d': ['flux1d', 'Flux1.D', 'Black Forest Labs', 30n, 0, HOSTED],
  'qwen-image-edit': ['qwenedit', 'Qwen Image Edit', 'Alibaba Cloud', 120n, 0, SCREEN],
  supra: ['supra', 'Supra', 'imgnAI', 20n, 0, HOSTED],
  evo: ['evo', 'Evo', 'imgnAI', 20n, 0, HOSTED],
  toon: ['toon', 'Toon', 'imgnAI', 20n, 0, HOSTED],
  wassie: ['wassie', 'Wassie', 'imgnAI', 20n, 0, HOSTED],
  hyperx: ['hyperx', 'HyperX', 'imgnAI', 20n, 0, HOSTED],
  'furxl-classic': ['furxl', 'FurXL Classic', 'imgnAI', 20n, 0, HOSTED],
  'flux-kontext-max': ['kontextmax', 'Flux Kontext Max', 'Black Forest Labs', 200n, 0, ULTRA],
  'flux-kontext-pro': ['kontextpro', 'Flux Kontext Pro', 'Black Forest Labs', 120n, 0, ULTRA],
  'supra-classic': ['supraclassic', 'Supra Classic', 'imgnAI', 20n, 0, HOSTED]
} as const

/** Edit models: without a source image there is nothing to do (Katana 109). */
export const needSourceImage: ReadonlySet<string> = new Set([
  'nano-banana',
  'qwen-image-edit',
  'flux-kontext-max',
  'flux-kontext-pro'
])
