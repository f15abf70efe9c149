import { expectTypeOf, it } from 'vitest'
import type { KnownNetworkId, NetworkId } from '../index.js'

it('P14: a network id is a known one, which editors complete, or any other of its form', () => {
  expectTypeOf<KnownNetworkId>().toExtend<NetworkId>()
  expectTypeOf<'eip155:31337'>().toExtend<NetworkId>()
  // @ts-expect-error a name is no id
  expectTypeOf<'base'>().toExtend<NetworkId>()
})
