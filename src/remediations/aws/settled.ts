/**
 * So long after the intent a call whose reply is lost shows in what is read, or does not come any more: longer than
 * may pass until it leaves (10 s) and until it is given up (15 s). Before that an unchanged state shows nothing.
 */
export const SETTLED_AFTER_MS = 30_000;
