import { decodeHeader, isBursarError, paymentIdentifierOf, type SignedBytes } from '@bursar/core'

/** A purchase, whose bytes are kept until its caller has the answer. */
interface KeptPayment {
  readonly id: string
  readonly bytes?: SignedBytes | undefined
}

/** The identifier that the server was given with a payment, by which it finds its answer again. */
export function identifierSent({ bytes }: KeptPayment): string | undefined {
  if (bytes?.header.name !== 'PAYMENT-SIGNATURE') return undefined
  try {
    return paymentIdentifierOf(decodeHeader(bytes.header.name, bytes.header.value))
  } catch (error) {
    if (isBursarError(error)) return undefined
    throw error
  }
}
