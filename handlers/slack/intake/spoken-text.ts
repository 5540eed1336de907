/** Slack's markup for names, links and groups: `<@U1|name>`, `<https://a|text>`, `<!here>`. */
const MARKUP = /<([^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * What a person wrote, as they saw it: mentions of us gone, other markup as its visible text, entities as characters.
 * Addresses stay text. Pure.
 */
export function spokenText(text: string, botUserId: string): string {
	return replaceMarkup(text, botUserId, (target, label) =>
		target.startsWith("#") || target.startsWith("@") ? `${target[0]}${label ?? target.slice(1)}` : undefined,
	);
}

/** As `spokenText`, but people and channels by id, as commands name them: `slack:T1:U1`, `slack:C1`. Pure. */
export function commandText(text: string, botUserId: string, teamId: string): string {
	return replaceMarkup(text, botUserId, (target) => {
		if (target.startsWith("@")) return `slack:${teamId}:${target.slice(1)}`;
		return target.startsWith("#") ? `slack:${target.slice(1)}` : undefined;
	});
}

/** Whether a text mentions somebody, wherever in it. Pure. */
export function mentions(text: string, userId: string): boolean {
	return text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);
}

/** Whether a text begins by speaking to somebody else. Pure. */
export function speaksToOther(text: string, botUserId: string): boolean {
	const first = /^\s*<@([^<>|]+)/.exec(text)?.[1];
	return first !== undefined && first !== botUserId;
}

function replaceMarkup(
	text: string,
	botUserId: string,
	name: (target: string, label: string | undefined) => string | undefined,
): string {
	const seen = text.replace(MARKUP, (_whole, target: string, label: string | undefined) => {
		if (target === `@${botUserId}`) return " ";
		const group = target.startsWith("!") ? `@${target.slice(1).split("^")[0]}` : target;
		return name(target, label) ?? label ?? group;
	});
	return unescaped(seen)
		.replace(/[^\S\n]+/g, " ")
		.trim();
}

function unescaped(text: string): string {
	return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
