import { expect, it } from 'vitest'
import * as carriers from './carriers.js'
import * as katana from './katana.js'
import * as katanaBalance from './katana-balance.js'
import * as openclaw from './openclaw.js'
import * as tokenhot from './tokenhot.js'
import * as tokenhub from './tokenhub.js'
import * as venice from './venice.js'

it.each([
  [
    katana,
    [
      'balanceUse',
      'checkChat',
      'checkItem',
      'createKatana',
      'createKatanaClient',
      'file',
      'katanaCatalogue',
      'tokenPrice',
      'unlistedModel'
    ]
  ],
  [
    carriers,
    [
      'generateRelayImages',
      'inWordsOfJson',
      'noteAcceptedJob',
      'readModels',
      'relayApis',
      'relayDownloads',
      'veniceSpoken',
      'withImageBytes'
    ]
  ],
  [katanaBalance, ['createKatanaBalance']],
  [openclaw, ['createOpenClaw', 'tokenPrice']],
  [tokenhot, ['createTokenhot', 'tokenPrice']],
  [tokenhub, ['createTokenHub', 'tokenPrice']],
  [venice, ['createVenice', 'retarget', 'retargetFetch']]
])('exports exactly this of each entry', (entry, names) => {
  expect(Object.keys(entry).sort()).toEqual(names)
})
