/** A plain wish for one change of one thing by its exact name: the remediation and what it is given, as text. */
export type WishedChange = {
	readonly remediation: "scale-group" | "stop-instance" | "start-instance" | "reboot-instance";
	readonly name: string;
	readonly parameters: Readonly<Record<string, string>>;
	/** The command that asks for the same, word for word. */
	readonly command: string;
	/** The same with a gap where the name stands. */
	readonly pattern: string;
};

const NAME = "([A-Za-z0-9](?:[A-Za-z0-9._:/@+-]{0,126}[A-Za-z0-9])?)";
const BEFORE = "^(?:/ops\\s+)?(?:(?:please|pls|now|just)\\s+)?";
const AFTER = "(?:\\s+(?:please|pls|now|thanks|thx))?[.]?$";
const COUNTED = "(?:\\s+(?:instances?|replicas?|nodes?|servers?))?";
const GROUP = `(?:the\\s+)?(?:group\\s+)?${NAME}(?:\\s+group)?`;
const SCALE_TO = line(
	`scale\\s+(?:(?:up|down|out|in)\\s+)?${GROUP}(?:\\s+(?:up|down|out|in))?\\s+to\\s+(\\d{1,4})`,
);
const SCALE_BY = line(
	`scale\\s+(?:(up|down|out|in)\\s+)?${GROUP}(?:\\s+(up|down|out|in))?\\s+by\\s+([+-]?\\d{1,4})`,
);
const POWER = new RegExp(
	`${BEFORE}(stop|start|reboot)\\s+(?:the\\s+)?(?:instance\\s+)?${NAME}(?:\\s+instance)?${AFTER}`,
	"i",
);

/** Words that stand where a name would, and are none. */
const NO_NAMES = new Set(
	"not no never to by it this that them all everything anything nothing the a up down out in off on again instance instances group groups host server machine box service process now".split(
		" ",
	),
);

/**
 * Reads `scale api to 6`, `scale down web by 2`, `stop orders-1`: a whole text that is an imperative, a name and what
 * the change needs. Anything more or less is none: no word of it is guessed. Pure.
 * @param text as it was typed, for names have upper and lower case
 */
export function readChange(text: string): WishedChange | undefined {
	const said = text.length > 300 ? "" : text.trim();
	const [, group, desired] = SCALE_TO.exec(said) ?? [];
	if (group && desired) return wish("scale-group", group, { group, desired: String(Number(desired)) });
	const [, before, by, after, amount] = SCALE_BY.exec(said) ?? [];
	if (by && amount) {
		const change = signed(amount, before ?? after);
		return change === undefined ? undefined : wish("scale-group", by, { group: by, change });
	}
	const [, verb, instance] = POWER.exec(said) ?? [];
	if (!verb || !instance) return undefined;
	const remediation = `${verb.toLowerCase() as "stop" | "start" | "reboot"}-instance` as const;
	return wish(remediation, instance, { instance });
}

function line(words: string): RegExp {
	return new RegExp(`${BEFORE}${words}${COUNTED}${AFTER}`, "i");
}

/** `down by 2` is -2. A direction beside a sign says it twice, and perhaps differently. */
function signed(amount: string, direction: string | undefined): string | undefined {
	const number = Number(amount);
	if (number === 0 || (direction !== undefined && /^[+-]/.test(amount))) return undefined;
	return String(["down", "in"].includes(direction?.toLowerCase() ?? "") ? -number : number);
}

function wish(
	remediation: WishedChange["remediation"],
	name: string,
	parameters: Readonly<Record<string, string>>,
): WishedChange | undefined {
	if (NO_NAMES.has(name.toLowerCase())) return undefined;
	const written = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
	const open = Object.entries(parameters).map(
		([key, value]) => `${key}=${value === name ? `<${key}>` : value}`,
	);
	return {
		remediation,
		name,
		parameters,
		command: `propose ${remediation} ${written.join(" ")}`,
		pattern: `propose ${remediation} ${open.join(" ")}`,
	};
}
