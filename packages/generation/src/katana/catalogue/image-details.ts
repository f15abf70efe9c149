import type { imageRows } from './image-rows.js'

/** Of each image model the path of its thumbnail, its features, and its description, in the words of Katana's guide. */
export const imageDetails: Readonly<Record<keyof typeof imageRows, readonly [string, string, string]>> = {
  'gpt-image-2': [
    'image/gptimage2.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "OpenAI's latest and greatest Image Generation & Editing model, delivering a massive leap forward in prompt adherence, stylistic control, and text rendering!"
  ],
  'nano-banana-2': [
    'image/nanobanana2.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "Google's frontier image creation and edit model, showcasing unprecedented quality and prompt adherence, along with in-built full web search capabilities!"
  ],
  gen: ['image/flux1x.webp', 'text prompts', 'Our flexible, general-purpose model for any style or subject.'],
  'seedream-5-0-lite': [
    'image/seedream5lite.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "ByteDance's lightweight, next-gen Image model - with full edit and reference capabilities!"
  ],
  'wan-2-7-image-pro': [
    'image/wan27proimage.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "Alibaba's WAN 2.7 Image Pro model, merging true-to-life realism with full reference & edit capabilities."
  ],
  ani: ['image/ani.webp', 'standard image generation', 'High-fidelity, classic styled anime model.'],
  'nano-banana-pro': [
    'image/nanobananapro.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "Google's Pro Tier offering on their first-generation Nano Banana model, pushing the bar for high quality image creation, and high precision editing workloads."
  ],
  'qwen-2-0': [
    'image/qwen2image.webp',
    'text prompts, supports reference images, edit/reference workflow',
    'Qwen 2 by Alibaba packs a punch at entry-level pricing - with detailed text rendering, flexible editing, and great style control.'
  ],
  fur: ['image/fur.webp', 'standard image generation', 'Anime-style Furry model.'],
  synth: [
    'image/synth.webp',
    'standard image generation',
    'Join the Cyberpunk revolution, with a touch of Synthwave to boot!'
  ],
  'seedream-4-5': [
    'image/seedream45.webp',
    'text prompts, supports reference images, edit/reference workflow',
    'Cutting-edge Native 4K model, with full edit capabilities.'
  ],
  noob: [
    'image/noob.webp',
    'standard image generation',
    'Anime-style model with extreme style range and character recognition - prompt assist highly recommended.'
  ],
  aura: [
    'image/aura.webp',
    'standard image generation',
    'Create gorgeous artwork in a professional graphic novel illustration style! Prompt assist recommended.'
  ],
  pixel: [
    'image/pixel.webp',
    'standard image generation',
    'Create artwork from the golden age of the pixel art era! [New Pixel Core]'
  ],
  'flux-2-klein-9b': [
    'image/klein9b.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "FLUX.2's Klein Flagship, HD outputs and full image edit support at an excellent price/performance ratio."
  ],
  'nano-banana': [
    'alt/image/nanobananaapi_modify.webp',
    'text prompts, requires image input, supports reference images, edit/reference workflow',
    "Google's first-generation image creation and edit model."
  ],
  'hyper-cgi': [
    'image/hypercgi.webp',
    'standard image generation',
    'Polished CGI Characters, in the style of modern animations.'
  ],
  'flux-2-flex': [
    'image/flux2flex.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "FLUX.2's flagship model, built to compete directly with Google's Nano Banana Pro."
  ],
  'imagine-art-1-5-pro': [
    'image/imagineart.webp',
    'text prompts',
    "Imagine Art's high-fidelity native 4K model with lifelike realism, and refined aesthetics"
  ],
  volt: ['image/volt.webp', 'standard image generation', 'Anime style characters with a retro palette.'],
  'wan-2-7-image': [
    'image/wan27image.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "Alibaba's Base WAN 2.7 Image model, bringing WAN's signature best-in-class natural realism at a budget cost!"
  ],
  'gpt-image-1-5': ['image/gptimage15.webp', 'text prompts', "OpenAI's flagship image model."],
  muse: [
    'image/muse.webp',
    'text prompts',
    'Flux-based model fine-tuned on Goths, Emos, and e-girls. Yes, really.'
  ],
  'flux-2-pro': [
    'image/flux2pro.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "FLUX.2's entry-level model, offering great performance at budget pricing."
  ],
  gothic: [
    'image/gothic.webp',
    'standard image generation',
    'Dark clothes, dark hair, dark eyeliner. All the best things in an image model.'
  ],
  'z-image-base': [
    'image/zimagebase.webp',
    'text prompts',
    "Z.ai's foundational image model, built for high quality and generative diversity at budget pricing."
  ],
  'z-image-turbo': [
    'image/zimageturbo.webp',
    'text prompts',
    "Z.ai's Turbo image model, a lightning-fast distillation of Z-Image Base."
  ],
  rend: [
    'image/rend.webp',
    'standard image generation',
    'A high-quality blended mix of path-traced rendering, and anime stylization.'
  ],
  retro: ['image/retro.webp', 'standard image generation', "Retro-styled anime, straight from the 90's!"],
  'flux-2-klein-4b': [
    'image/klein4b.webp',
    'text prompts, supports reference images, edit/reference workflow',
    "FLUX.2's small but powerful Klein 4b model, further extending the cost savings offered with Klein 9b."
  ],
  neo: [
    'image/neo.webp',
    'standard image generation',
    'High quality realism & render model optimized for UHD Mode.'
  ],
  pony: [
    'image/pony.webp',
    'standard image generation',
    'Expressive sketch-like anime model with excellent character recognition.'
  ],
  nai: ['image/nai.webp', 'standard image generation', 'Modern, alternative anime style model.'],
  'flux-1-1-ultra': [
    'image/flux1ultra.webp',
    'text prompts',
    "BFL's final FLUX.1 iteration, extremely high quality 4MP outputs."
  ],
  glitch: [
    'image/glitch.webp',
    'standard image generation',
    'Load up on glitch-burn aesthetics, with this compelling and unique art style!'
  ],
  'qwen-image': ['image/qwen.webp', 'text prompts', 'Versatile model with excellent text capabilities.'],
  'seedream-4': [
    'image/seedream4.webp',
    'text prompts, supports reference images, edit/reference workflow',
    'Excellent quality 4K model, with full edit capabilities.'
  ],
  'wan-2-2-image': [
    'image/wan22image.webp',
    'text prompts',
    'Stunning still-frame imagery powered by the WAN Video model.'
  ],
  'flux1-d': ['image/fluxpro.webp', 'text prompts', "BFL's general-purpose Flux1.D model."],
  'qwen-image-edit': [
    'alt/image/qweneditapi_modify.webp',
    'text prompts, requires image input, edit/reference workflow',
    'Super-charged Qwen Image, with full image editing capabilities.'
  ],
  supra: [
    'image/supra2.webp',
    'standard image generation',
    'Digital render style model, similar to MidJourney v6.'
  ],
  evo: [
    'image/evo.webp',
    'standard image generation',
    'Slightly abstract realism, flexible model specializing in texture details.'
  ],
  toon: ['image/toon.webp', 'standard image generation', 'Western cartoon style model.'],
  wassie: ['image/wassie.webp', 'standard image generation', 'Create Wassies of all shapes and sizes!'],
  hyperx: ['image/hyperx.webp', 'standard image generation', 'Legacy CG-Style renders.'],
  'furxl-classic': ['image/furxl.webp', 'standard image generation', 'Furries in all shapes and sizes!'],
  'flux-kontext-max': [
    'alt/image/fluxkontextmax_modify.webp',
    'text prompts, requires image input, edit/reference workflow',
    "BFL's legacy high-end image editing model."
  ],
  'flux-kontext-pro': [
    'alt/image/fluxkontextpro_modify.webp',
    'text prompts, requires image input, edit/reference workflow',
    "BFL's legacy entry-level image editing model."
  ],
  'supra-classic': ['image/supra.webp', 'standard image generation', 'High-range Digital Renders']
}
