const SECRET_KEY = /pass(?:word|wd)?$|secret|token$|api_?key|authorization|cookie|credential|private_?key/i;

/** Shapes of secrets in free text: AWS and Slack keys, JWTs, PEM blocks, our own keys, URLs with passwords, key=value. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
	[/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, "[redacted]"],
	[/\bxox[abeoprs]-[A-Za-z0-9-]{8,}/g, "[redacted]"],
	[/\bsco_[A-Za-z0-9_-]{16,}/g, "[redacted]"],
	[/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, "[redacted]"],
	[/-----BEGIN [A-Z ]+-----[\s\S]{0,10000}?-----END [A-Z ]+-----/g, "[redacted]"],
	[/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,200}):[^\s@/]{1,200}@/gi, "$1:[redacted]@"],
	[
		/\b(password|passwd|secret|token|api[_-]?key)(["']?\s*[=:]\s*)(?:"[^"]{1,500}"|'[^']{1,500}'|[^\s,;&]{1,500})/gi,
		"$1$2[redacted]",
	],
	[/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/g, "$1 [redacted]"],
];

/** A copy of plain data without secrets: values under secret-like keys, and secret-like parts of texts. Bounded depth. */
export function redact(value: unknown, depth = 0): unknown {
	if (typeof value === "string")
		return SECRET_TEXT.reduce((text, [shape, to]) => text.replace(shape, to), value);
	if (value === null || typeof value !== "object") return value;
	if (depth >= 8) return "[too deep]";
	if (Array.isArray(value)) return value.slice(0, 200).map((item) => redact(item, depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [
			key,
			SECRET_KEY.test(key) && typeof member === "string" ? "[redacted]" : redact(member, depth + 1),
		]),
	);
}
