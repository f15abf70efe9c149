/* What a model reads. */
const TI = ['text', 'image'] as const
const TIV = ['text', 'image', 'video'] as const
const TEXT = ['text'] as const
const TIF = ['text', 'image', 'file'] as const
const TIFVA = ['text', 'image', 'file', 'video', 'audio'] as const

/**
 * Columns: display name, publisher, context in tokens, most tokens of output (null: not listed), what it reads, and the
 * prices of a million tokens in tenths of a credit: input, output, cache read, cache write (null: no such price). A
 * dated snapshot of Katana's published catalogue. The models whose name ends in -private are E2EE Private (Katana 91).
 */
export const textRows = {
  'grok-4-3': ['Grok 4.3', 'xAI', 1000000, null, TI, 2645n, 5289n, 424n, null],
  'qwen3-6-35b-a3b': ['Qwen3.6 35B A3B', 'Qwen', 262144, 262144, TIV, 318n, 2116n, 106n, null],
  'qwen3-6-flash': ['Qwen3.6 Flash', 'Qwen', 1000000, 65536, TIV, 529n, 3174n, null, 662n],
  'qwen3-6-max-preview': ['Qwen3.6 Max Preview', 'Qwen', 262144, 65536, TEXT, 2200n, 13200n, null, 2750n],
  'deepseek-v4-flash': ['DeepSeek V4 Flash', 'DeepSeek', 1048576, 384000, TEXT, 297n, 593n, 6n, null],
  'deepseek-v4-pro': ['DeepSeek V4 Pro', 'DeepSeek', 1048576, 384000, TEXT, 921n, 1841n, 8n, null],
  'gpt-5-5': ['GPT-5.5', 'OpenAI', 1050000, 128000, TIF, 10577n, 63462n, 1058n, null],
  'kimi-k2-6-private': ['Kimi K2.6 Private', 'MoonshotAI', 262144, 262144, TI, 2306n, 9731n, null, null],
  'qwen3-coder-next-private': [
    'Qwen3 Coder Next Private',
    'Qwen',
    262144,
    262144,
    TEXT,
    381n,
    2539n,
    null,
    null
  ],
  'glm-5-1-private': ['GLM 5.1 Private', 'Z.ai', 202752, 202752, TEXT, 2560n, 8885n, null, null],
  'kimi-k2-6': ['Kimi K2.6', 'MoonshotAI', 262144, 16384, TI, 1587n, 7404n, 529n, null],
  'mimo-v2-flash-private': ['MiMo-V2-Flash Private', 'Xiaomi', 262144, 262144, TEXT, 212n, 635n, null, null],
  'claude-opus-4-7': ['Claude Opus 4.7', 'Anthropic', 1000000, 128000, TI, 10577n, 52885n, 1058n, 13222n],
  'glm-5-1': ['GLM 5.1', 'Z.ai', 202752, 65535, TEXT, 2222n, 7404n, 1111n, null],
  'gemma-4-26b-a4b': ['Gemma 4 26B A4B', 'Google', 262144, null, TIV, 127n, 699n, null, null],
  'gemma-4-31b': ['Gemma 4 31B', 'Google', 262144, 16384, TIV, 275n, 804n, null, null],
  'qwen3-6-plus': ['Qwen3.6 Plus', 'Qwen', 1000000, 65536, TIV, 688n, 4125n, null, 860n],
  'grok-4-20': ['Grok 4.20', 'xAI', 2000000, null, TIF, 2645n, 5289n, 424n, null],
  'grok-4-20-multi-agent': ['Grok 4.20 Multi-Agent', 'xAI', 2000000, null, TIF, 4231n, 12693n, 424n, null],
  'minimax-m2-7': ['MiniMax M2.7', 'MiniMax', 196608, 131072, TEXT, 633n, 2539n, null, null],
  'gpt-5-4-mini': ['GPT-5.4 Mini', 'OpenAI', 400000, 128000, TIF, 1587n, 9520n, 159n, null],
  'glm-5-turbo': ['GLM 5 Turbo', 'Z.ai', 202752, 131072, TEXT, 2539n, 8462n, 508n, null],
  'qwen3-5-27b-private': ['Qwen3.5-27B Private', 'Qwen', 262144, 262144, TIV, 635n, 5077n, null, null],
  'gpt-5-4': ['GPT-5.4', 'OpenAI', 1050000, 128000, TIF, 5289n, 31731n, 529n, null],
  'gemini-3-1-flash-lite-preview': [
    'Gemini 3.1 Flash Lite Preview',
    'Google',
    1048576,
    65536,
    TIFVA,
    529n,
    3174n,
    53n,
    177n
  ],
  'qwen3-5-397b-a17b-private': [
    'Qwen3.5 397B A17B Private',
    'Qwen',
    262144,
    262144,
    TIV,
    1164n,
    7404n,
    null,
    null
  ],
  'minimax-m2-5-private': ['MiniMax M2.5 Private', 'MiniMax', 196608, 196608, TEXT, 424n, 2920n, null, null],
  'gemini-3-1-pro-preview': [
    'Gemini 3.1 Pro Preview',
    'Google',
    1048576,
    65536,
    TIFVA,
    4231n,
    25385n,
    424n,
    794n
  ],
  'claude-sonnet-4-6': ['Claude Sonnet 4.6', 'Anthropic', 1000000, 128000, TI, 6347n, 31731n, 635n, 7933n],
  'glm-5': ['GLM 5', 'Z.ai', 202752, null, TEXT, 1270n, 4062n, 254n, null],
  'glm-5-private': ['GLM 5 Private', 'Z.ai', 202752, 202752, TEXT, 2539n, 7404n, null, null],
  'claude-opus-4-6': ['Claude Opus 4.6', 'Anthropic', 1000000, 128000, TI, 10577n, 52885n, 1058n, 13222n],
  'kimi-k2-5-private': ['Kimi K2.5 Private', 'MoonshotAI', 262144, 262144, TI, 1270n, 6347n, null, null],
  'gemini-3-flash-preview': [
    'Gemini 3 Flash Preview',
    'Google',
    1048576,
    65536,
    TIFVA,
    1058n,
    6347n,
    106n,
    177n
  ],
  'deepseek-v3-2-private': [
    'DeepSeek V3.2 Private',
    'DeepSeek',
    163840,
    163840,
    TEXT,
    677n,
    1016n,
    null,
    null
  ],
  'qwen3-coder-480b-a35b-private': [
    'Qwen3 Coder 480B A35B Private',
    'Qwen',
    262000,
    262000,
    TEXT,
    4231n,
    4231n,
    null,
    null
  ],
  'qwen3-vl-30b-a3b-instruct-private': [
    'Qwen3 VL 30B A3B Instruct Private',
    'Qwen',
    128000,
    128000,
    TI,
    424n,
    1481n,
    null,
    null
  ],
  'claude-haiku-4-5': ['Claude Haiku 4.5', 'Anthropic', 200000, 64000, TI, 2116n, 10577n, 212n, 2645n],
  'gemma-3-27b-private': ['Gemma 3 27B Private', 'Google', 53920, 53920, TI, 233n, 847n, null, null]
} as const
