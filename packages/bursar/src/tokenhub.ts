export * from '@bursar/generation/tokenhub'
