import type { Offer, PaymentTerms, PreparedPayment, SignedPayment } from '@bursar/core'
import { type Address, readAddress } from '../address/address.js'
import { toHex } from '../address/hex.js'
import type { PreparationParts } from '../payment/prepare-payment.js'
import { chainIdOf, domainOf } from '../payment/token-domain.js'
import { validitySeconds } from '../payment/validity.js'
import { type Permit, permitExtension, permitTypedData } from './permit.js'
import { type Permit2Authorization, permit2Payload, permit2TypedData } from './permit2-authorization.js'
import { permit2Hash, permitHash } from './permit2-hash.js'

/** The longest life of a payment through Permit2, whatever the server asks and the user allows. */
const MAX_SECONDS = 300

/** A payment that may be prepared. */
export interface Permit2Order {
  readonly offer: Offer
  readonly payer: Address
  /** The number of the permit that has to go with it. Absent: Permit2 may take the tokens already. */
  readonly permitNonce: bigint | undefined
}

/** Builds a payment through Permit2 that lacks only its signatures. */
export function preparePermit2(
  parts: PreparationParts,
  { offer, payer, permitNonce }: Permit2Order,
  terms: PaymentTerms
): PreparedPayment {
  const authorization = buildAuthorization(parts, { offer, payer }, terms)
  const { deadline, amount: value } = authorization
  const permit: Permit | undefined =
    permitNonce === undefined
      ? undefined
      : { domain: domainOf(offer), owner: payer, value, nonce: permitNonce, deadline }
  return {
    payer,
    expiresAtSeconds: Number(deadline),
    ...(permit && { isSponsored: true as const }),
    sign: (signal) => signPayment(parts, { offer, authorization, permit, signal }, terms)
  }
}

function buildAuthorization(
  { clock, random }: PreparationParts,
  { offer, payer }: Pick<Permit2Order, 'offer' | 'payer'>,
  terms: PaymentTerms
): Permit2Authorization {
  const { network, asset, amountAtomic, payTo, scheme, extra } = offer
  const seconds = validitySeconds(offer, terms, Math.min(terms.maxValiditySeconds, MAX_SECONDS))
  return {
    chainId: chainIdOf(network.id),
    from: payer,
    token: readAddress(asset.address),
    amount: amountAtomic,
    to: readAddress(payTo),
    facilitator: scheme === 'upto' ? readAddress(String(extra.facilitatorAddress)) : undefined,
    nonce: BigInt(toHex(random(32))),
    deadline: BigInt(Math.floor(clock.nowMs() / 1000) + seconds)
  }
}

/** What is signed for an offer. */
interface Signable {
  readonly offer: Offer
  readonly authorization: Permit2Authorization
  readonly permit: Permit | undefined
  /** Aborts once nobody waits for it. */
  readonly signal: AbortSignal | undefined
}

async function signPayment(
  { authorizer }: PreparationParts,
  { offer, authorization, permit, signal }: Signable,
  { extensions = {} }: PaymentTerms
): Promise<SignedPayment> {
  const { network, asset, payTo, amountAtomic } = offer
  const { from, nonce, deadline } = authorization
  const data = permit2TypedData(authorization)
  const signature = await authorizer.signData({ data, hash: permit2Hash(authorization) }, signal)
  const payment: SignedPayment = {
    network: network.id,
    asset: asset.address,
    payer: from,
    payTo,
    amountAtomic,
    reference: `0x${nonce.toString(16).padStart(64, '0')}`,
    expiresAtSeconds: Number(deadline),
    expiry: deadline,
    payload: permit2Payload(authorization, signature)
  }
  if (!permit) return payment
  const permitData = { data: permitTypedData(permit), hash: permitHash(permit), isForKeys: true } as const
  const permitSignature = await authorizer.signData(permitData, signal)
  return { ...payment, extensions: permitExtension(extensions, permit, permitSignature) }
}
