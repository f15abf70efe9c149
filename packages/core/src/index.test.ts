import { expect, it } from 'vitest'
import * as core from './index.js'

it('exports exactly this', () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "ACCOUNT",
      "BASE",
      "BASE_SEPOLIA",
      "BursarError",
      "MAX_HEADER_BYTES",
      "SOLANA_DEVNET",
      "SOLANA_MAINNET",
      "atomicUsdc",
      "bursarErrorOf",
      "bursarParts",
      "circleAssets",
      "circleNetworks",
      "createRegistry",
      "decodeHeader",
      "decodeSettlement",
      "encodeHeader",
      "formatDecimal",
      "formatUsdc",
      "headerTooLargeError",
      "isBursarError",
      "isJsonObject",
      "katana",
      "nameTakenError",
      "overLimitError",
      "parseChallenge",
      "parseChallengeBody",
      "parseChallengeHeader",
      "parseDecimal",
      "parseUsdc",
      "shortText",
      "systemClock",
      "systemRandom",
      "testNetworks",
      "x402V1",
      "x402V2",
    ]
  `)
})
