/** One page of a list, newest first. `next` is the cursor of the page after it. */
export type Page<T> = { readonly items: readonly T[]; readonly next?: string };

/** How to page: `limit` 1-200, `cursor` as given by the page before. An unknown cursor is AppError `invalid`. */
export type PageRequest = { readonly limit: number; readonly cursor?: string };
