import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// What comes out goes into the jar; the controller serves what manifest.json lists.
export default defineConfig({
  plugins: [svelte()],
  base: './',
  // The SockJS client asks for Node's name of the global object.
  define: { global: 'globalThis' },
  build: {
    outDir: '../../../target/web/io/swarmctl/controller/web/site',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    // Small files would be written into the style as data: addresses, which the page's policy does not let in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
