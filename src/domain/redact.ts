const SECRET_KEY =
	/pass(?:word|wd|phrase)?$|secret|token$|api_?key|access_?key|authorization|cookie|credential|private_?key/i;
const HIDDEN = "[redacted]";

/** How much is shown: characters of a text, members of a list or object, levels. */
type RedactLimits = { readonly text: number; readonly members: number; readonly levels: number };

const LOG_LIMITS: RedactLimits = { text: 32_768, members: 200, levels: 8 };

const KEYS = "pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?";
const VALUE = String.raw`(?:\\?"[^"]*"|'[^']*'|[^\s,;&"']+)`;

/**
 * Shapes of secrets in free text: keys of clouds, chats, language models and of our own, JWTs, PEM blocks, URLs with
 * passwords, and whatever is written as key=value. A PEM block that is cut off is a secret up to its end.
 */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
	[/-----BEGIN [A-Z ]{1,40}-----[\s\S]*?(?:-----END [A-Z ]{1,40}-----|$)/g, HIDDEN],
	[/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
	[/\bxox[a-z]-[A-Za-z0-9-]{8,}|\bxapp-[A-Za-z0-9-]{8,}/g, HIDDEN],
	[/\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]+/g, `hooks.slack.com/${HIDDEN}`],
	[
		/\b(?:sco_|gh[pousr]_|github_pat_)[A-Za-z0-9_-]{16,}|\bsk-[A-Za-z0-9_-]{16,}|\bAIza[A-Za-z0-9_-]{30,}/g,
		HIDDEN,
	],
	[/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, HIDDEN],
	[/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}):[^\s/]{1,200}@/gi, `$1:${HIDDEN}@`],
	[/\b(Bearer)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
	[/\b(Basic)\s+[A-Za-z0-9+/=]{8,}/g, `$1 ${HIDDEN}`],
	[
		new RegExp(String.raw`([\w.-]{0,40}(?:${KEYS})[\w-]{0,40}\\?["']?\s{0,5}[=:]\s{0,5})${VALUE}`, "gi"),
		`$1${HIDDEN}`,
	],
	[new RegExp(String.raw`(--?(?:${KEYS})\s+)${VALUE}`, "gi"), `$1${HIDDEN}`],
];

/**
 * A copy of plain data without secrets: values under secret-like keys, and secret-like parts of texts. Bounded, by
 * default to texts of 32 KB, 200 members and 8 levels; what is beyond is named, not shown.
 */
export function redact(value: unknown, limits = LOG_LIMITS, depth = 0): unknown {
	if (typeof value === "string") return redactText(value, limits.text);
	if (value === null || typeof value !== "object") return value;
	if (depth >= limits.levels) return "[too deep]";
	if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
	const shown = (member: unknown) => redact(member, limits, depth + 1);
	if (Array.isArray(value)) return value.slice(0, limits.members).map(shown);
	return Object.fromEntries(
		Object.entries(value)
			.slice(0, limits.members)
			.map(([key, member]) => [nameOf(key), isSecret(key, member) ? HIDDEN : shown(member)]),
	);
}

/** A text without its secret-like parts, cut at `longest` characters with a note of how many are left out. */
export function redactText(text: string, longest = LOG_LIMITS.text): string {
	// Half of a secret is not recognised by its shape, so a word that the cut goes through is left out.
	const broken = /\S/.test(text[longest] ?? " ");
	const cut = broken ? text.slice(0, longest).replace(/(?<!\S)\S{1,1024}$/, "") : text.slice(0, longest);
	const safe = SECRET_TEXT.reduce((rest, [shape, to]) => rest.replace(shape, to), cut);
	return cut.length < text.length ? `${safe} [${text.length - cut.length} characters left out]` : safe;
}

/** Labels and the like have names from outside; no secret is shorter than this. */
function nameOf(key: string): string {
	return key.length < 12 ? key : redactText(key);
}

function isSecret(key: string, member: unknown): boolean {
	return SECRET_KEY.test(key) && typeof member !== "boolean" && member !== null && member !== undefined;
}
