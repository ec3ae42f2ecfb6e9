import sharp from 'sharp';

// Of what libvips can read, only these decoders may run: no SVG, no PDF, no ImageMagick behind them.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
});
