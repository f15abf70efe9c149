/** The lists of aspect ratios that models share, as the catalogue gives them. */
export const PHOTO = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'] as const
export const HOSTED = [
  '1:1',
  '16:9',
  '21:9',
  '3:4',
  '9:16',
  '5:2',
  '4:3',
  '5:4',
  '4:5',
  '9:21',
  '4:7'
] as const
export const CINEMA = ['1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9', '21:9'] as const
export const BANNER = ['1:1', '3:4', '4:3', '1:8', '8:1', '9:16', '16:9', '21:9'] as const
export const POSTER = ['1:1', '16:9', '9:16', '4:3', '3:4', '4:5', '5:4', '4:7', '7:4', '5:2', '2:5'] as const
export const CLASSIC = ['1:1', '2:3', '3:2', '3:4', '4:3', '9:16', '16:9'] as const
export const ART = ['1:1', '16:9', '9:16', '4:3', '3:4', '3:1', '1:3', '3:2', '2:3'] as const
export const SQUARE = ['1:1'] as const
export const ULTRA = [
  '1:1',
  '16:9',
  '9:16',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '4:5',
  '5:4',
  '21:9',
  '9:21',
  '2:1',
  '1:2'
] as const
export const SCREEN = ['1:1', '16:9', '9:16', '4:3', '3:4'] as const
export const WIDE = ['1:1', '16:9', '9:16', '4:3', '3:4', '21:9'] as const
export const SOCIAL = ['16:9', '9:16', '1:1'] as const
export const VEO = ['16:9', '9:16'] as const
export const TALL = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', '9:21'] as const
