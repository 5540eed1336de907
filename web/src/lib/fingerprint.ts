const known = new WeakMap<object, string>();

/** A short fingerprint (FNV-1a over its JSON) of a value that was read: it changes when, and only when, the value does. */
export function fingerprint(value: object): string {
	const before = known.get(value);
	if (before) return before;
	let hash = 0x811c9dc5;
	for (const character of JSON.stringify(value))
		hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
	const print = (hash >>> 0).toString(36);
	known.set(value, print);
	return print;
}
