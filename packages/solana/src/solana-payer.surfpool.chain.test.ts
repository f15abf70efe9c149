import { testPaymentsOn } from '../test/payments-on-chain.js'

testPaymentsOn('surfpool')
