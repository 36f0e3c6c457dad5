declare const __WIDGET_VERSION__: string | undefined

/** Version of the built bundle; `source` where the files run without a build. */
export const version = typeof __WIDGET_VERSION__ === 'undefined' ? 'source' : __WIDGET_VERSION__
