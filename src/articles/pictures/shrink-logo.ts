import sharp from 'sharp';
import './allow-decoders.js';
import type { Shrunk } from './shrink-picture.js';

/** Twice the pixels it is shown with, for screens that have them. */
const most = { width: 960, height: 144 };
const leastHeight = 32;

/** Bytes of a logo → a PNG that keeps its transparency, within 960 × 144 pixels. */
export async function shrinkLogo(bytes: Buffer): Promise<Shrunk | 'not a picture' | 'too small'> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: 20_000_000, failOn: 'error' })
      .autoOrient()
      .resize({ ...most, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 })
      .timeout({ seconds: 10 })
      .toBuffer({ resolveWithObject: true });
    return info.height < leastHeight ? 'too small' : { bytes: data, width: info.width, height: info.height };
  } catch {
    return 'not a picture';
  }
}
