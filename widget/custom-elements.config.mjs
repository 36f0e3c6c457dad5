/** `npm run manifest`: the public elements as a custom elements manifest, for editors and frameworks. */
export default {
  globs: [
    'widget/license-subscribe.ts',
    'widget/license-manager.ts',
    'widget/parts/license-element.ts',
  ],
  outdir: 'widget',
  litelement: true,
  packagejson: false,
}
