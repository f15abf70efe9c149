/*
 * new-api is the software behind several relays. This folder has its errors, its accounts and its tasks.
 */
import { type HttpResponse, jsonResponse } from '../../server/response.js'

/** An error in new-api's shape (OpenClaw 1). */
export function relayError(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: { message, type: 'new_api_error', param: '', code } })
}

/** A request that is malformed or asks for something that is not sold. */
export function invalidRequest(message: string): HttpResponse {
  return relayError(400, 'invalid_request', message)
}

/** A model that is not sold (OpenClaw 3). */
export function noChannel(model: string): HttpResponse {
  return relayError(503, 'model_not_found', `No available channel for model ${model}`)
}

/** An error of the task endpoints (OpenClaw 30 and 31). */
export function taskError(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { code, message, data: null })
}
