/** Where imgnAI Katana is. */
export const KATANA_URL = 'https://kat.imgnai.com'
