export * from '@bursar/generation/tokenhot'
