import sharp from 'sharp';
import './allow-decoders.js';

export interface Shrunk {
  bytes: Buffer;
  width: number;
  height: number;
}

const maxWidth = 1_200;
const maxInputPixels = 50_000_000;
/** Smaller ones are icons, share buttons and counters. */
const minWidth = 160;
const minHeight = 90;

/** Bytes that claim to be a picture → a JPEG of at most 1200 pixels' width without metadata; null for what cannot be decoded. */
export async function shrinkPicture(bytes: Buffer): Promise<Shrunk | 'not a picture' | 'too small'> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxInputPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: maxWidth, withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80, progressive: true })
      .timeout({ seconds: 10 })
      .toBuffer({ resolveWithObject: true });
    if (info.width < minWidth || info.height < minHeight) return 'too small';
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return 'not a picture';
  }
}
