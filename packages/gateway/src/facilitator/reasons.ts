/**
 * Every reason for which a payment is refused, as a client reads it in `error` of the fresh challenge or in
 * `errorReason` of the settlement.
 */
export const refusalReasons = {
  payment_header_malformed: 'The header is not standard base64 of a JSON object of the documented shape.',
  unsupported_x402_version: 'The header names another version than the route speaks.',
  accepted_mismatch: 'No offer of this request equals the accepted entry.',
  unsupported_scheme: 'The scheme is not "exact".',
  missing_eip712_domain: 'The offer lacks `extra.name` or `extra.version`.',
  network_mismatch: 'The payment is for another network.',
  payload_malformed: 'The payload is not an EIP-3009 authorization and its signature.',
  asset_without_code: 'There is no contract at the asset address.',
  invalid_signature: 'The signature is not by the payer over this authorization in the token’s domain.',
  recipient_mismatch: '`to` is not the payee.',
  valid_before_too_soon: '`validBefore` is less than six seconds away.',
  valid_after_in_future: '`validAfter` has not come yet.',
  value_mismatch: '`value` is not the amount.',
  nonce_already_used: 'The authorization was used or cancelled before.',
  token_name_mismatch: 'The offer’s domain name is not the token’s.',
  token_version_mismatch: 'The offer’s domain version is not the token’s.',
  insufficient_balance: 'The payer holds too little.',
  simulation_failed: 'The transfer would fail, for a reason not named above.',
  transaction_failed: 'The transfer was sent and failed.',
  transfer_event_mismatch: 'The transaction succeeded and logged no matching transfer.',
  settlement_pending: 'The transfer was sent and has not been seen in a block.',
  payment_bound_to_another_request: 'This payment was made for another request.'
} as const

/** A machine-readable reason of refusal. */
export type RefusalReason = keyof typeof refusalReasons
