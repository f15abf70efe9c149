/** For how many seconds after its issue a proof that is not reused may be signed, sent and sent again. */
export const SEND_SECONDS = 120
