/**
 * JSON with object keys sorted and no white space, so that equal values give equal text (the idea of RFC 8785; numbers
 * use ECMAScript's own form). Undefined members are left out. Throws on values JSON has no form for.
 */
export function canonicalJson(value: unknown): string {
	if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
	if (typeof value === "number") {
		if (!Number.isFinite(value)) throw new TypeError("A number that is not finite has no JSON form.");
		return JSON.stringify(value);
	}
	if (Array.isArray(value))
		return `[${Array.from(value, (item: unknown) => canonicalJson(item ?? null)).join(",")}]`;
	if (typeof value === "object" && isPlain(value)) {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
			.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
		return `{${members.join(",")}}`;
	}
	throw new TypeError(
		`A ${typeof value === "object" ? value.constructor.name : typeof value} has no JSON form.`,
	);
}

/** Dates, maps and the like would all read `{}`: different values must not give equal text. */
function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
