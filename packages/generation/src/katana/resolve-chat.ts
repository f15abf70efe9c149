import { isJsonObject } from '@bursar/core'
import { isMediaInput, mediaText } from '../shared/media/media-input.js'
import type { ChatBody, ChatMessage } from './chat-body.js'

/**
 * Reads the images of a chat that are bytes, Blobs or files, into data URLs.
 *
 * @throws {BursarError} `request/invalid` when one cannot be read.
 */
export async function resolveChat(body: ChatBody): Promise<ChatBody> {
  if (!Array.isArray(body.messages)) return body
  return { ...body, messages: await Promise.all(body.messages.map(resolveMessage)) }
}

async function resolveMessage(message: ChatMessage, index: number): Promise<ChatMessage> {
  if (!Array.isArray(message?.content)) return message
  const content = message.content.map((part, at) => resolvePart(part, `messages[${index}].content[${at}]`))
  return { ...message, content: await Promise.all(content) }
}

async function resolvePart<Part>(part: Part, field: string): Promise<Part> {
  if (!isJsonObject(part) || !isJsonObject(part.image_url)) return part
  const { url } = part.image_url
  if (typeof url === 'string' || !isMediaInput(url)) return part
  return { ...part, image_url: { ...part.image_url, url: await mediaText(url, `${field}.image_url.url`) } }
}
