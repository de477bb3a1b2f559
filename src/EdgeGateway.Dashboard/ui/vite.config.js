import { brotliCompressSync, constants } from 'node:zlib';
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

// The binary carries every file once, compressed as well as it goes; the server unpacks it for whoever cannot.
const compress = {
  name: 'compress',
  closeBundle() {
    const walk = folder => readdirSync(folder, { withFileTypes: true }).flatMap(f => f.isDirectory() ? walk(join(folder, f.name)) : [join(folder, f.name)]);
    for (const file of walk('dist')) {
      if (file.endsWith('.br')) continue;
      const text = readFileSync(file);
      writeFileSync(file + '.br', brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
      unlinkSync(file);
    }
  },
};

export default defineConfig({
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  plugins: [compress],
});
