/**
 * Every reason for which a payment is rejected. A client finds it in `error` of the new challenge, or in
 * `errorReason` of the settlement response.
 */
export const rejectionReasons = {
  payment_header_malformed: 'The header is not standard base64 of a JSON object of the documented shape.',
  unsupported_x402_version: 'The header names another version than the route speaks.',
  accepted_mismatch: 'No offer of this request equals the accepted entry.',
  unsupported_scheme:
    'The scheme is not one that the offer’s method knows: "exact", or by Permit2 also "upto".',
  missing_eip712_domain: 'The offer lacks `extra.name` or `extra.version`.',
  network_mismatch: 'The payment is for another network.',
  payload_malformed: 'The payload is not what the scheme asks for on its network.',
  asset_without_code: 'There is no contract at the asset address.',
  invalid_signature: 'The payer did not sign this: the authorization in the token’s domain, or the message.',
  recipient_mismatch: 'It does not pay the payee: `to`, or the token account, is another.',
  valid_before_too_soon: '`validBefore` is less than six seconds away.',
  valid_after_in_future: '`validAfter` has not come yet.',
  value_mismatch: 'It does not pay the amount exactly.',
  nonce_already_used: 'The authorization was used or cancelled before; the transaction has landed before.',
  token_name_mismatch: 'The offer’s domain name is not the token’s.',
  token_version_mismatch: 'The offer’s domain version is not the token’s.',
  insufficient_balance: 'The payer holds too little.',
  simulation_failed: 'The transfer would fail, for a reason not named above.',
  invalid_permit2_spender: 'Not the proxy of the scheme may spend, but another address.',
  invalid_permit2_recipient_mismatch: 'The witness of Permit2 names another payee.',
  upto_facilitator_mismatch: 'The witness of an upto payment names another facilitator.',
  permit2_deadline_expired: '`deadline` is less than six seconds away.',
  permit2_not_yet_valid: 'The witness’s `validAfter` has not come yet.',
  permit2_amount_mismatch: 'It does not permit exactly the amount.',
  permit2_token_mismatch: 'It permits another token than the offer’s.',
  invalid_permit2_signature: 'The payer did not sign this in Permit2’s domain.',
  permit2_proxy_not_deployed: 'The proxy of the scheme does not stand on this chain.',
  permit2_insufficient_balance: 'The payer holds less than the permitted amount.',
  permit2_allowance_required: 'The payer has not allowed Permit2 to take the token. Answered with 412.',
  permit2_simulation_failed:
    'The settlement would fail: the nonce was used or cancelled, or for another reason.',
  invalid_upto_evm_network_mismatch: 'The upto payment is for another network.',
  invalid_upto_evm_payload_settlement_exceeds_amount:
    'The charge is above the most that the payment permits.',
  invalid_upto_evm_transaction_failed: 'The settlement of an upto payment was sent and failed.',
  invalid_eip2612_extension_format: 'The token’s permit is not of the documented shape.',
  eip2612_from_mismatch: 'The token’s permit is of another payer.',
  eip2612_asset_mismatch: 'The token’s permit is for another token.',
  eip2612_spender_not_permit2: 'The token’s permit allows another spender than Permit2.',
  eip2612_deadline_expired: 'The token’s permit ends in less than six seconds.',
  fee_payer_unknown: 'The fee payer that the offer names is not the gateway’s.',
  fee_payer_mismatch: 'Account 0 of the transaction is not the offer’s fee payer.',
  lookup_table_used: 'The transaction takes accounts from a lookup table.',
  instructions_unexpected: 'The instructions are not compute limit, compute price, TransferChecked, memo.',
  compute_price_too_high: 'The compute price is above 5,000,000 micro-lamports.',
  authority_is_fee_payer: 'The transfer would take tokens from the gateway’s own account.',
  payer_mismatch: '`payer` is not the owner of the tokens.',
  asset_mismatch: 'The tokens are of another mint than the offer’s.',
  memo_mismatch: 'The memo that the offer asks for is not there exactly once.',
  blockhash_not_found:
    'BlockhashNotFound: the transaction’s blockhash has expired, or the node never knew it.',
  transaction_failed: 'The transfer was sent and failed.',
  transfer_event_mismatch: 'The transaction succeeded and logged no matching transfer.',
  settlement_pending: 'The transfer was sent and has not been seen in a block.',
  payment_identifier_required: 'The payment brings no identifier of the documented shape. Answered with 400.',
  payment_identifier_conflict: 'Another payment has this identifier. Answered with 409.',
  payment_bound_to_another_request: 'This payment was made for another request.'
} as const

/** A machine-readable reason for which a payment is rejected. */
export type RejectionReason = keyof typeof rejectionReasons
