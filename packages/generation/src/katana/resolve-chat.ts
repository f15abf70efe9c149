import { isJsonObject } from '@bursar/core'
import { isMediaInput, mediaText } from '../shared/media/media-input.js'
import type { ChatBody, ChatMessage } from './chat-body.js'

/** Reads the images of a chat that are bytes, Blobs or files, into data URLs. Fails as reading a file does. */
export async function resolveChat(body: ChatBody): Promise<ChatBody> {
  if (!Array.isArray(body.messages)) return body
  return { ...body, messages: await Promise.all(body.messages.map(resolveMessage)) }
}

async function resolveMessage(message: ChatMessage): Promise<ChatMessage> {
  if (!Array.isArray(message?.content)) return message
  return { ...message, content: await Promise.all(message.content.map(resolvePart)) }
}

async function resolvePart<Part>(part: Part): Promise<Part> {
  if (!isJsonObject(part) || !isJsonObject(part.image_url)) return part
  const { url } = part.image_url
  if (typeof url === 'string' || !isMediaInput(url)) return part
  return { ...part, image_url: { ...part.image_url, url: await mediaText(url) } }
}
