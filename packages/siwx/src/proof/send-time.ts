/** How long after its issue a proof that is not reused may still be signed, sent and sent again. */
export const SEND_SECONDS = 120
