import { countParameters } from './anthropic/count-parameters.js'
import { messageParameters } from './anthropic/message-parameters.js'
import { chatParameters } from './openai/chat-parameters.js'
import { imageEditParameters, imageParameters, videoParameters } from './openai/image-parameters.js'
import { responseParameters } from './openai/response-parameters.js'
import type { ParameterTable } from './parameters.js'

/** What becomes of the parameters of each endpoint, by its path. */
export const parameterTables: Readonly<Record<string, ParameterTable>> = {
  '/v1/responses': responseParameters,
  '/v1/chat/completions': chatParameters,
  '/v1/messages': messageParameters,
  '/v1/messages/count_tokens': countParameters,
  '/v1/images/generations': imageParameters,
  '/v1/images/edits': imageEditParameters,
  '/v1/videos': videoParameters
}
