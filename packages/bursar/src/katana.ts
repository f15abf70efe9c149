export * from '@bursar/generation/katana'
