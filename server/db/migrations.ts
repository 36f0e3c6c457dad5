/// <reference types="vite/client" />
/** The migrations of this build, in order. Vite writes their texts into the bundle. */
import type { Migration } from './migrate.ts'

const TEXTS = import.meta.glob<string>('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

export const MIGRATIONS: readonly Migration[] = Object.entries(TEXTS)
  .map(([path, text]) => ({ name: path.slice(path.lastIndexOf('/') + 1, -'.sql'.length), text }))
  .toSorted((a, b) => (a.name < b.name ? -1 : 1))
